"""What a mutant may make the service say (R1, R16).

- What only looks different (`same`) is read the same.
- Nobody is alerted of what the original does not state for the city. Only a changed mutant may say what its own text
  states: another known code in the city's own Item is a telegram of its own right.
- Nothing is taken back that the original does not take back, unless its statement is gone from the text: a telegram
  without it is one that JMA could have sent.
- Without a known Status and InfoType a text is held or a drill, and does nothing; unless it says 通常 it does and shows
  nothing.
"""

from collections.abc import Iterator

from alerts.telegram.reading import Outcome
from bosai.fuzz.mutant import Nature
from bosai.fuzz.seen import Seen
from bosai.fuzz.stated import Statement

_ACTUAL = "通常"
_STATUSES = frozenset({_ACTUAL, "訓練", "試験"})
_INFO_TYPES = frozenset({"発表", "訂正", "遅延", "取消"})

_HELD = frozenset({Outcome.HOLD, Outcome.DRILL})


def faults(nature: Nature, original: Seen, mutant: Seen) -> list[str]:
    """One sentence for everything that the mutant does and may not do."""
    return [*_of_words(mutant), *_of_rises(nature, original, mutant), *_of_falls(nature, original, mutant)] + (
        list(_of_sameness(original, mutant)) if nature is Nature.SAME else []
    )


def faults_of_original(original: Seen) -> list[str]:
    """An unmutated text that says more than the yardstick finds in it: one of the two is wrong."""
    beyond = original.rises - original.stated
    return [f"unmutated, it pushes {_list(beyond)}, which the yardstick does not find"] if beyond else []


def _of_words(mutant: Seen) -> Iterator[str]:
    acts = bool(mutant.rises or mutant.falls)
    if (mutant.status not in _STATUSES or mutant.info_type not in _INFO_TYPES) and (
        acts or mutant.reading.outcome not in _HELD
    ):
        yield f"{mutant.reading.outcome} with Status {mutant.status!r} and InfoType {mutant.info_type!r}"
    if mutant.status != _ACTUAL and (acts or mutant.shown):
        yield f"acts or shows with Status {mutant.status!r}"


def _of_rises(nature: Nature, original: Seen, mutant: Seen) -> Iterator[str]:
    allowed = original.stated if original.status == _ACTUAL else frozenset[Statement]()
    if nature is Nature.CHANGE:
        allowed |= mutant.stated
    if beyond := mutant.rises - allowed:
        yield f"pushes {_list(beyond)}, stated is {_list(allowed)}"


def _of_falls(nature: Nature, original: Seen, mutant: Seen) -> Iterator[str]:
    for hazard, change in sorted(mutant.falls - original.falls):
        before = {each for each in original.stated if each[0] == hazard}
        after = {each for each in mutant.stated if each[0] == hazard}
        gone = nature in {Nature.LOSS, Nature.CHANGE} and (before - after or not before)
        if not gone and nature is not Nature.CHANGE:
            yield f"would {change} {hazard}, which the text still states as {_list(after)}"


def _of_sameness(original: Seen, mutant: Seen) -> Iterator[str]:
    for what in ("rises", "falls", "shown", "stated"):
        if getattr(original, what) != getattr(mutant, what):
            yield f"{what} became {getattr(mutant, what)}, was {getattr(original, what)}"
    if original.reading.outcome is not mutant.reading.outcome:
        yield f"became {mutant.reading.outcome}, was {original.reading.outcome}"


def _list(statements: frozenset[Statement] | set[Statement]) -> str:
    return (
        ", ".join(f"{hazard} {code} level {level}" for hazard, code, level in sorted(statements, key=str)) or "nothing"
    )
