"""Every message that telegrams can give in one language, rendered and inspected (R3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.kinds import Kind
from alerts.wording.inspection import Sample, findings
from alerts.wording.message import Text
from alerts.wording.phrases import PhraseTable
from alerts.wording.places import city_name
from alerts.wording.render import PARTS, render
from alerts.wording.vocabulary import classes_of, kinds_of

_FLOODS = "VXKO"
_WAVE = ("津波警報等（大津波警報・津波警報あるいは津波注意報）を発表中です。",)  # the longest word on a tsunami
_ISSUED_AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
_LIFETIME = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Case:
    """One way to say a kind: what happens to it, why some are told first, in a drill or not."""

    change: Change
    because: str | None
    drill: bool


@cache
def sayable_kinds() -> tuple[Kind, ...]:
    """Every (hazard, code), and river floods of a worse headline with each level that the city's reach can have."""
    stated = {(kind.hazard, kind.code): kind for kind in kinds.table().values()}
    floods = [kind for kind in stated.values() if kind.type == _FLOODS]
    by_level = {kind.level: kind for kind in floods if kind.level}
    milder = (replace(by_level[5], level=own.level, rank=own.rank, name=own.name) for own in by_level.values())
    return (*stated.values(), *(kind for kind in milder if kind.level != by_level[5].level))


def message_problems(table: PhraseTable, city: CityCodes) -> Iterator[str]:
    """What is wrong in any message, with the kind and the change that give it."""
    cases, classes = list(_cases(table)), classes_of(table)
    for kind in sayable_kinds():
        names = kinds_of(table, kind.hazard)
        changes: dict[str, Change] = {}
        for case in (case for case in cases if _occurs(kind, case)):
            where = f"{kind.hazard} {kind.code} {case.change}"
            try:
                text = render(table, revision_of(kind, case), 0, city, drill=case.drill)
            except (LookupError, ValueError) as error:
                yield f"{where}: cannot be said: {error}"
                continue
            sample = Sample(table, classes, names, kind, case.drill, city_name(table, city), text)
            yield from (f"{where}: {finding}" for finding in findings(sample))
            yield from _confused(changes, text, case, where)


def _cases(table: PhraseTable) -> Iterator[Case]:
    """Every change, live and drill, with each reason where a reason is given."""
    reasons = [key.removeprefix("because.") for key in table.phrases if key.startswith("because.")]
    for change, drill in product(Change, (False, True)):
        given = reasons if "because" in PARTS[change] else []
        yield from (Case(change, reason, drill) for reason in (None, *given))


def _occurs(kind: Kind, case: Case) -> bool:
    """Whether a kind can be told so: rank 0 only ends, and only what has a level is matched to districts."""
    return (kind.rank > 0 or case.change is Change.END) and (case.because is None or kind.level is not None)


def revision_of(kind: Kind, case: Case) -> Revision:
    """A revision as the telegrams of a kind would give it, with JMA's own sentences that make it longest."""
    details = (f"２３日１６時から２１時まで、警戒レベル{kind.level}相当",) if kind.level else _WAVE
    return Revision(
        alert_id="a" * 25,
        number=1,
        change=case.change,
        hazard=kind.hazard,
        code=kind.code,
        level=kind.level,
        rank=kind.rank,
        name=kind.name,
        urgency=Urgency.NORMAL,
        scope=Scope.EVERYONE,
        tiers=(Tier(frozenset({"first"}), case.because), Tier(None)) if case.because else (Tier(None),),
        details=details,
        telegram_id="proof",
        issued_at=_ISSUED_AT,
        created_at=_ISSUED_AT,
        expires_at=_ISSUED_AT + _LIFETIME,
        pushed=True,
        reason="proof",
    )


def _confused(changes: dict[str, Change], text: Text, case: Case, where: str) -> Iterator[str]:
    """Two changes that say the same words, so that an end could be taken for a retraction."""
    twin = changes.setdefault(text.body, case.change)
    if twin is not case.change:
        yield f"{where}: says the same as {twin}: {text.body}"
