"""What fills the placeholders of a revision's phrases."""

from alerts.alert import Revision
from alerts.city.codes import CityCodes
from alerts.wording.family import kind_keys
from alerts.wording.phrases import OFFICIAL, PhraseTable
from alerts.wording.places import city_name
from alerts.wording.times import clock_time, find_period


def scale_of(revision: Revision) -> str:
    """Which variant of a phrase holds: `level`, or `plain` for a hazard that never gets a number (jma.md §0.3)."""
    return "plain" if revision.level is None else "level"


def facts_of(table: PhraseTable, revision: Revision, city: CityCodes) -> dict[str, object]:
    """Placeholders and their texts; raises `MissingPhraseError` where the table lacks the kind.

    `named`, `stated` and `topic` are the kind in a title, in a sentence, and by its hazard alone.
    """
    facts = {**_plain_facts(table, revision, city), **_period(table, revision)}
    composed = {name: table.first(f"{name}.{scale_of(revision)}").text for name in ("named", "stated", "topic")}
    return facts | {name: text.format(**facts) for name, text in composed.items()}


def _plain_facts(table: PhraseTable, revision: Revision, city: CityCodes) -> dict[str, object]:
    facts: dict[str, object] = {
        "city": city_name(table, city),
        "kind": kind_forms(table, revision)[0],
        "prefecture": city.prefecture,
        "hazard": table.first(f"hazard.{revision.hazard}", "hazard.any").text,
        "time": clock_time(table, revision.issued_at),
    }
    if revision.level is None:
        return facts
    return facts | {"level": revision.level, "equivalent": table.first(f"equivalent.{revision.level}").text}


def kind_forms(table: PhraseTable, revision: Revision) -> tuple[str, ...]:
    """The kind's names, the longest first; JMA's own Japanese stands in where the official table has none."""
    keys = kind_keys(revision.hazard, revision.code, revision.level)
    if table.language == OFFICIAL and not table.phrases.keys() & set(keys):
        return (revision.name.strip() or table.first("kind.any").text,)
    return table.first(*keys).forms


def _period(table: PhraseTable, revision: Revision) -> dict[str, object]:
    """The placeholders of JMA's period, none if there is no period to quote."""
    period = find_period(revision.details, revision.level, revision.issued_at)
    expected = table.phrases.get(f"equivalent.{period.level}") if period else None
    if period is None or expected is None:
        return {}
    start, end = clock_time(table, period.start), clock_time(table, period.end)
    return {"sentence": period.sentence, "expected": expected.text, "start": start, "end": end}
