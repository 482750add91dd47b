"""What can be wrong with one rendered message: the inversion table, numbers, lengths, script (R3, jma.md §4)."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from alerts.telegram.kinds import Kind
from alerts.wording.phrases import PhraseTable
from alerts.wording.render import Text
from alerts.wording.vocabulary import Vocabulary, forms_of

_WARNINGS = ("VPWW", "VXKO")
_NUMBER = re.compile(r"(?:レベル|level |\bl)([0-9])", re.IGNORECASE)
_SCRIPTS = {  # what a text must have, what it must not have
    "Jpan": (re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")),
    "Latn": (re.compile(r"[A-Za-z]"), re.compile(r"[\u3000-\u9fff\uff00-\uffef]")),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A message rendered from a table for a kind, in a drill or not.

    `classes` are the class words of the table, `names` the kinds of the hazard: what may not be taken for another.
    """

    table: PhraseTable
    classes: Vocabulary
    names: Vocabulary
    kind: Kind
    drill: bool
    text: Text


def findings(sample: Sample) -> Iterator[str]:
    """What is wrong with the title and the body, one sentence each."""
    for place, said in (("title", sample.text.title), ("body", sample.text.body)):
        for check in _CHECKS:
            finding = check(sample, said)
            if finding:
                yield f"the {place} {finding}: {said}"
    yield from _too_long(sample)
    if is_warning(sample.kind) and not sample.classes.found(sample.text.body):
        yield f"the body does not name the class of rank {sample.kind.rank}: {sample.text.body}"
    if not any(sample.kind.rank in ranks for ranks in sample.names.found(sample.text.body)):
        yield f"the body does not name the kind: {sample.text.body}"


def is_warning(kind: Kind) -> bool:
    """Whether the kind's name says its class: 特別警報, 危険警報, 警報, 注意報 of the weather and of rivers."""
    return kind.type.startswith(_WARNINGS) and kind.rank > 0


def _too_long(sample: Sample) -> Iterator[str]:
    limits = (
        ("title", sample.text.title, sample.table.title_limit),
        ("body", sample.text.body, sample.table.body_limit),
    )
    for place, said, limit in limits:
        if len(said) > limit or said.endswith("…"):
            yield f"the {place} is longer than {limit} characters: {said}"


def _inversion(sample: Sample, said: str) -> str | None:
    """A word of another rank: 危険警報 called Emergency Warning, which is level 5, or 津波警報 for 大津波警報."""
    rank = sample.kind.rank
    own = {rank} if is_warning(sample.kind) else _ranks(sample.classes.found(forms_of(sample.table, sample.kind)[0]))
    if others := _ranks(sample.classes.found(said)) - own:
        return f"names a class of rank {sorted(others)}, not {sorted(own)}"
    if wrong := _ranks(ranks for ranks in sample.names.found(said) if rank not in ranks):
        return f"names a kind of rank {sorted(wrong)}, not {rank}"
    return None


def _ranks(found: Iterable[set[int]]) -> set[int]:
    return set[int]().union(*found)


def _number(sample: Sample, said: str) -> str | None:
    """The level stands beside the word, always the same one; what has no level never gets a number (jma.md §0.3)."""
    wanted = {sample.kind.level} if sample.kind.level else set()
    found = {int(number) for number in _NUMBER.findall(unicodedata.normalize("NFKC", said))}
    return None if found == wanted else f"says level {sorted(found)}, expected {sorted(wanted)}"


def _order(sample: Sample, said: str) -> str | None:
    words = [word for word in sample.table.order_words if word.casefold() in said.casefold()]
    return f"says what only the city may order, {words[0]}" if words else None


def _script(sample: Sample, said: str) -> str | None:
    needed, refused = _SCRIPTS[sample.table.script]
    if not needed.search(said):
        return f"has no letter of {sample.table.script}"
    wrong = refused.search(said)
    return f"has {wrong.group()!r}, which is not {sample.table.script}" if wrong else None


def _placeholder(_sample: Sample, said: str) -> str | None:
    return "has an unfilled placeholder" if re.search(r"[{}]|\bNone\b", said) or not said.strip() else None


def _drill(sample: Sample, said: str) -> str | None:
    """訓練 opens every text of a drill and no other (R1)."""
    opens = sample.table.drill_word in said[: len(sample.table.drill_word) + 1]
    if sample.drill and not opens:
        return f"does not begin with {sample.table.drill_word}"
    return f"says {sample.table.drill_word} outside a drill" if opens and not sample.drill else None


_CHECKS: tuple[Callable[[Sample, str], str | None], ...] = (
    _inversion,
    _number,
    _order,
    _script,
    _placeholder,
    _drill,
)
