"""An alert revision said in one language: a title, and sentences in the order in which they help (R3).

The action stands second, so that it is read before a phone cuts the text. What can be spared is left out when the
whole is too long: first JMA's period, then why these districts come first, last the word to those who are sheltered
(where it does not fit, the action names the city's information too). The action never is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from alerts.alert import Change, Revision
from alerts.city.codes import CityCodes
from alerts.wording.facts import facts_of, kind_forms, scale_of
from alerts.wording.family import family_of, wave_of
from alerts.wording.phrases import MissingPhraseError, PhraseTable

PARTS: dict[Change, tuple[str, ...]] = {
    Change.ISSUE: ("what", "action", "wave", "because", "period"),
    Change.RAISE: ("what", "action", "wave", "because", "period"),
    Change.LOWER: ("what", "action", "wave", "stay", "period"),
    Change.CORRECT: ("what", "action", "wave", "because", "period"),
    Change.END: ("what", "after", "stay"),
    Change.RETRACT: ("what", "others"),
}
_KEYS: dict[str, tuple[str, ...]] = {  # the phrases that can say a part, the most particular first
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
_OPTIONAL = frozenset({"wave", "because", "period", "stay"})
_SPARED: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"period"}),
    frozenset({"period", "because"}),
    frozenset({"period", "because", "stay"}),
)


@dataclass(frozen=True, slots=True)
class Text:
    """What a phone shows."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class _Saying:
    """One revision in one language: `names` complete the keys of phrases, `values` their placeholders."""

    table: PhraseTable
    change: Change
    names: Mapping[str, object]
    values: Mapping[str, object]
    kinds: tuple[str, ...]  # names of the kind, the longest first
    drill: bool


def render(table: PhraseTable, revision: Revision, tier: int, city: CityCodes, *, drill: bool) -> Text:
    """The revision in the table's language; raises `MissingPhraseError` where the table cannot say it."""
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
    values, kinds = facts_of(table, revision, city), kind_forms(table, revision)
    saying = _Saying(table, revision.change, names, values, kinds, drill)
    return Text(_title(saying), _body(saying))


def _title(saying: _Saying) -> str:
    """The first form that fits."""
    table, limit = saying.table, saying.table.title_limit
    mark = table.first("drill.mark").text if saying.drill else ""
    titles = [mark + title for title in _title_forms(saying)]
    return next((title for title in titles if len(title) <= limit), titles[-1][: limit - 1] + "…")


def _title_forms(saying: _Saying) -> Iterator[str]:
    """Every form with the kind's full name, then every form with its shorter ones."""
    table = saying.table
    titles = table.first(f"title.{saying.names['family']}.{saying.change}", f"title.{saying.change}").forms
    for kind, name in product(saying.kinds, table.first(f"named.{saying.names['scale']}").forms):
        named = name.format(**{**saying.values, "kind": kind})
        yield from (form.format(**{**saying.values, "named": named}) for form in titles)


def _body(saying: _Saying) -> str:
    """All sentences, less what must be spared to be short enough."""
    said = [(part, _sentence(saying, part)) for part in PARTS[saying.change]]
    if saying.drill:
        said.insert(0, ("drill", saying.table.first("drill.note").text))
    bodies = [saying.table.join.join(text for part, text in said if text and part not in spared) for spared in _SPARED]
    return next((body for body in bodies if len(body) <= saying.table.body_limit), bodies[-1])


def _sentence(saying: _Saying, part: str) -> str | None:
    """One part in words; None if the part is optional and there is nothing to say."""
    if part == "period" and "sentence" not in saying.values:
        return None
    try:
        phrase = saying.table.first(*(key.format(**saying.names) for key in _KEYS[part]))
    except MissingPhraseError:
        if part in _OPTIONAL:
            return None
        raise
    return phrase.text.format(**saying.values)
