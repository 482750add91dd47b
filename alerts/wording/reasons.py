"""Why somebody was told or not, in one sentence of the resident's language (issue 4).

The sentence names the notice, its telegram, the city's rule with its version, and what decided. Each language has the
same phrases (`why.…`); the proof finds one that is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts.alert import Revision
from alerts.city.codes import CityCodes
from alerts.why.ground import Ground
from alerts.why.rule import RuleUsed
from alerts.wording.phrases import OFFICIAL, PhraseTable
from alerts.wording.render import render
from alerts.wording.tables import Wording
from alerts.wording.times import clock_time

FRAMES = ("frame", "telegram", "telegram_gone", "telegram_none")
NOTES = ("fallback", "silent", "quiet", "digest", "followed", "changed", "now")
PLACEHOLDERS = frozenset(
    ("title", "telegram", "rule", "decided", "type", "time", "version", "at", "expires", "district", "place")
) | {"wanted", "spoken", "changed"}


@dataclass(frozen=True, slots=True)
class Reason:
    """What decided for one revision, and all that its sentence names.

    `telegram_type` is None where no telegram caused the revision or the telegram is gone; `times` fill the placeholders
    `at`, `expires`, `changed`, `texts` the others.
    """

    revision: Revision
    tier: int
    ground: Ground
    rule: RuleUsed
    telegram_type: str | None
    notes: tuple[str, ...] = ()
    times: Mapping[str, datetime] = field(default_factory=dict)
    texts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explained:
    """A reason in words."""

    language: str
    sentence: str
    notes: tuple[str, ...]


def explained(wording: Wording, reason: Reason, language: str, city: CityCodes, *, drill: bool) -> Explained:
    """The reason in that language, or in what stands in for it. `LookupError` if even Japanese lacks a phrase."""
    missing: Exception | None = None
    asked = replace(wording.tables[OFFICIAL], withholds=False)  # it calls nobody to act: Japanese answers in any case
    for table in (*wording.chain(language), asked):
        try:
            return Explained(table.language, _sentence(table, reason, city, drill=drill), tuple(_notes(table, reason)))
        except (LookupError, ValueError) as error:
            missing = error
    raise LookupError(f"no language can say {reason.ground}") from missing


def stands_in(wording: Wording, spoken: str, language: str) -> bool:
    """Whether a text in `spoken` stood in for the language that was set: en is no stand-in for en-GB."""
    best = next(iter(wording.chain(language))).language
    return spoken != best or best.partition("-")[0] != language.partition("-")[0]


def _sentence(table: PhraseTable, reason: Reason, city: CityCodes, *, drill: bool) -> str:
    values: dict[str, object] = {**_values(table, reason), "rule": _rule(table, reason.rule)}
    values["title"] = render(table, reason.revision, reason.tier, city, drill=drill).title
    values["telegram"] = _telegram(table, reason)
    values["decided"] = table.first(f"why.{reason.ground}").text.format(**values)
    sentence = table.first("why.frame").text.format(**values)
    return table.join.join((table.first("drill.note").text, sentence)) if drill else sentence


def _notes(table: PhraseTable, reason: Reason) -> Iterator[str]:
    values = _values(table, reason)
    return (table.first(f"why.note.{note}").text.format(**values) for note in reason.notes)


def _values(table: PhraseTable, reason: Reason) -> dict[str, object]:
    return {**reason.texts, **{name: clock_time(table, moment) for name, moment in reason.times.items()}}


def _telegram(table: PhraseTable, reason: Reason) -> str:
    if reason.telegram_type is None:
        return table.first("why.telegram_gone" if reason.revision.telegram_id else "why.telegram_none").text
    issued_at = clock_time(table, reason.revision.issued_at)
    return table.first("why.telegram").text.format(type=reason.telegram_type, time=issued_at)


def _rule(table: PhraseTable, used: RuleUsed) -> str:
    return table.first(f"why.order.{used.order}").text.format(rule=used.rule, version=used.version)
