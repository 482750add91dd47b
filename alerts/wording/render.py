"""An alert revision said in one language: a title, sentences in the order in which they help, and for a voice (R3).

The action stands second, so that it is read before a phone cuts the text. What can be spared is left out when the
whole is too long: first JMA's period, then why these districts come first, then the word to those who are sheltered
(where it does not fit, the action names the city's information too), last which of a phone's places it is about, which
the app shows in any case. The action never is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from alerts.alert import Change, Revision
from alerts.city.codes import CityCodes
from alerts.wording.facts import facts_of, kind_forms, scale_of
from alerts.wording.family import family_of, wave_of
from alerts.wording.message import Text
from alerts.wording.phrases import MissingPhraseError, PhraseTable
from alerts.wording.places import Place, listed, readings
from alerts.wording.speech import spoken

PARTS: dict[Change, tuple[str, ...]] = {
    Change.ISSUE: ("what", "action", "wave", "because", "period"),
    Change.RAISE: ("what", "action", "wave", "because", "period"),
    Change.LOWER: ("what", "action", "wave", "stay", "period"),
    Change.CORRECT: ("what", "action", "wave", "because", "period"),
    Change.END: ("what", "after", "stay"),
    Change.RETRACT: ("what", "others"),
}
_KEYS: dict[str, tuple[str, ...]] = {  # the phrases that can say a part, the most particular first
    "concerned": ("concerned",),
    "what": ("what.{family}.{change}", "what.{change}"),
    "action": (
        "action.{hazard}.code_{code}",
        "action.{hazard}.{rank}",
        "action.{hazard}.any",
        "action.any.{scale}{rank}",
        "action.any.plain",
    ),
    "wave": ("wave.{hazard}.{wave}",),
    "because": ("because.{because}",),
    "period": ("period",),
    "stay": ("stay.{scale}",),
    "after": ("after.{hazard}", "after.any"),
    "others": ("others",),
}
_SAID_WITH = {"period": "sentence", "concerned": "districts"}  # parts that need a fact which not every revision has
MOST_NAMED = 2  # places of one phone; the app shows all of them
_OPTIONAL = frozenset({"concerned", "wave", "because", "period", "stay"})
_SPARED: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"period"}),
    frozenset({"period", "because"}),
    frozenset({"period", "because", "stay"}),
    frozenset({"period", "because", "stay", "concerned"}),
)


@dataclass(frozen=True, slots=True)
class Sayings:
    """All that can be said of one revision in one language, nothing spared."""

    titles: list[str]  # the longest first
    parts: list[tuple[str, str]]  # sentences in order, with the names of their parts
    kind: str  # the full name of the kind


@dataclass(frozen=True, slots=True)
class _Saying:
    """One revision in one language: `names` complete the keys of phrases, `values` their placeholders."""

    table: PhraseTable
    change: Change
    names: Mapping[str, object]
    values: Mapping[str, object]
    kinds: tuple[str, ...]  # names of the kind, the longest first
    drill: bool


def render(
    table: PhraseTable, revision: Revision, tier: int, city: CityCodes, concerned: Sequence[Place] = (), *, drill: bool
) -> Text:
    """The revision in the table's language; raises `MissingPhraseError` where the table cannot say it.

    `concerned` are the places that it names first, where the phone has others that it is not about.
    """
    said = sayings(table, revision, tier, city, concerned, drill=drill)
    return Text(
        title=fitting(said.titles, table.title_limit),
        body=_body(table, said.parts),
        spoken=spoken(table, [said.titles[0], *(text for _, text in said.parts)], readings(table, city, concerned)),
    )


def sayings(
    table: PhraseTable, revision: Revision, tier: int, city: CityCodes, concerned: Sequence[Place] = (), *, drill: bool
) -> Sayings:
    """The same before it is made to fit a phone; raises as `render`."""
    names = {
        "change": revision.change,
        "hazard": revision.hazard,
        "family": family_of(revision.hazard),
        "code": revision.code,
        "rank": revision.level or revision.rank,
        "scale": scale_of(revision),
        "wave": wave_of(revision.details),
        "because": revision.tiers[tier].because if 0 <= tier < len(revision.tiers) else None,
    }
    values: dict[str, object] = {**facts_of(table, revision, city)}
    kinds = kind_forms(table, revision)
    if concerned:
        values["districts"] = listed(table, concerned, MOST_NAMED)
    saying = _Saying(table, revision.change, names, values, kinds, drill)
    return Sayings(_titles(saying), _parts(saying), kinds[0])


def fitting(forms: list[str], limit: int) -> str:
    """The first form that fits; the last one, cut, where none does."""
    return next((form for form in forms if len(form) <= limit), forms[-1][: limit - 1] + "…")


def _titles(saying: _Saying) -> list[str]:
    mark = saying.table.first("drill.mark").text if saying.drill else ""
    return [mark + title for title in _title_forms(saying)]


def _title_forms(saying: _Saying) -> Iterator[str]:
    """Every form with the full word for level, then with its shorter ones; last those that name the hazard alone."""
    table = saying.table
    titles = table.first(f"title.{saying.names['family']}.{saying.change}", f"title.{saying.change}").forms
    naming = [form for form in titles if "{named}" in form]
    for name, kind in product(table.first(f"named.{saying.names['scale']}").forms, saying.kinds):
        named = name.format(**{**saying.values, "kind": kind})
        yield from (form.format(**{**saying.values, "named": named}) for form in naming)
    yield from (form.format(**saying.values) for form in titles if form not in naming)


def _parts(saying: _Saying) -> list[tuple[str, str]]:
    """All sentences with the names of their parts."""
    note = [("drill", saying.table.first("drill.note").text)] if saying.drill else []
    said = ((part, _sentence(saying, part)) for part in ("concerned", *PARTS[saying.change]))
    return [*note, *((part, text) for part, text in said if text)]


def _body(table: PhraseTable, parts: list[tuple[str, str]]) -> str:
    """All sentences, less what must be spared to be short enough."""
    bodies = [table.join.join(text for part, text in parts if part not in spared) for spared in _SPARED]
    return next((body for body in bodies if len(body) <= table.body_limit), bodies[-1])


def _sentence(saying: _Saying, part: str) -> str | None:
    """One part in words; None if the part is optional and there is nothing to say."""
    if part in _SAID_WITH and _SAID_WITH[part] not in saying.values:
        return None
    try:
        phrase = saying.table.first(*(key.format(**saying.names) for key in _KEYS[part]))
    except MissingPhraseError:
        if part in _OPTIONAL:
            return None
        raise
    return phrase.text.format(**saying.values)
