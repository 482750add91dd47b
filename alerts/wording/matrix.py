"""Every message that warnings can give in one language, rendered and inspected (R3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.kinds import Kind
from alerts.wording.inspection import Sample, findings
from alerts.wording.phrases import PhraseTable
from alerts.wording.render import PARTS, Text, render

_WARNINGS = frozenset(f"VPWW{number}" for number in range(55, 62))
_ISSUED_AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
_LIFETIME = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Case:
    """One way to say a kind: what happens to it, why some are told first, in a drill or not."""

    change: Change
    because: str | None
    drill: bool


def warning_kinds() -> tuple[Kind, ...]:
    """The kinds of VPWW55 to 61."""
    return tuple(kind for kind in kinds.table().values() if kind.type in _WARNINGS)


def message_problems(table: PhraseTable, city: CityCodes) -> Iterator[str]:
    """What is wrong in any message, with the kind and the change that give it."""
    cases = list(_cases(table))
    for kind in warning_kinds():
        changes: dict[str, Change] = {}
        for case in cases:
            where = f"{kind.hazard} {kind.code} {case.change}"
            try:
                text = render(table, revision_of(kind, case), 0, city, drill=case.drill)
            except (LookupError, ValueError) as error:
                yield f"{where}: cannot be said: {error}"
                continue
            yield from (f"{where}: {finding}" for finding in findings(Sample(table, kind, case.drill, text)))
            yield from _confused(changes, text, case, where)


def _cases(table: PhraseTable) -> Iterator[Case]:
    """Every change, live and drill, with each reason where a reason is given."""
    reasons = [key.removeprefix("because.") for key in table.phrases if key.startswith("because.")]
    for change, drill in product(Change, (False, True)):
        given = reasons if "because" in PARTS[change] else []
        yield from (Case(change, reason, drill) for reason in (None, *given))


def revision_of(kind: Kind, case: Case) -> Revision:
    """A revision as the telegrams of a kind would give it, with JMA's period where the kind has a level."""
    period = (f"２３日１６時から２１時まで、警戒レベル{kind.level}相当",) if kind.level else ()
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
        details=period,
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
