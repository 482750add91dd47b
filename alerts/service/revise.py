"""A decision becomes the alert as it now stands and the revision that says so."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.alert import Alert, AlertState, Revision, Scope, Source, Tier, next_state
from alerts.city.matching import MatchingRules, only
from alerts.city.rule import Case
from alerts.decision import Decision, Moment
from alerts.service.rules import acting
from alerts.service.services import Services
from alerts.situation import HazardChange, valid_until
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.extent import WHOLE_CITY
from alerts.times import japan_day

_EVERYONE = (Tier(None),)


@dataclass(frozen=True, slots=True)
class Step:
    """What brought the decision about: a telegram, the end of a window that withheld something, or a repair."""

    services: Services
    chain: str
    telegram_id: str | None
    moment: Moment
    seed: str | None = None  # names what begins with it where the telegram's name may be used up


def revise(uow: UnitOfWork, step: Step, change: HazardChange, alert: Alert | None, decision: Decision) -> Revision:
    """Saves the alert and returns its new revision, which the caller publishes."""
    moved = _moved(_begun(step, change) if alert is None else alert, change, decision, step.moment)
    uow.alerts.save(moved)
    return _revision(step, change, moved, decision, acting(step.services, uow))


def alert_id_of(step: Step, hazard: str) -> str:
    """Names an alert by the telegram that began it: the same telegrams give the same alerts, none is used twice."""
    seed = "|".join((step.services.world.name, step.chain, hazard, step.seed or str(step.telegram_id)))
    return "a" + hashlib.sha256(seed.encode()).hexdigest()[:24]


def _begun(step: Step, change: HazardChange) -> Alert:
    """A new alert, before its first revision."""
    notice = change.notice
    if notice is None:
        raise ValueError(f"{change.hazard} cannot begin with an end")
    return Alert(
        id=alert_id_of(step, change.hazard),
        source=Source.JMA,
        hazard=change.hazard,
        chain=step.chain,
        state=AlertState.IN_FORCE,
        code=notice.code,
        level=notice.level,
        rank=notice.rank,
        name=notice.name,
        told_rank=0,
        last_revision=0,
        since=step.moment.issued_at,
        updated_at=step.moment.now,
    )


def _moved(alert: Alert, change: HazardChange, decision: Decision, moment: Moment) -> Alert:
    """The alert as the change leaves it. What is over keeps the kind it had."""
    withheld = decision.settle_at is not None
    state = next_state(alert.state, change.change or decision.change)
    moved = replace(
        alert,
        state=AlertState.ENDING if withheld and change.notice is None else state,
        told_rank=decision.told_rank,
        last_revision=alert.last_revision + 1,
        updated_at=moment.now,
        pushed_at=moment.now if decision.pushed else alert.pushed_at,
        settle_at=decision.settle_at,
    )
    notice = change.notice
    if notice is None:
        return moved
    return replace(moved, code=notice.code, level=notice.level, rank=notice.rank, name=notice.name)


def _revision(step: Step, change: HazardChange, alert: Alert, decision: Decision, matching: MatchingRules) -> Revision:
    extent, day = change.notice.extent if change.notice else WHOLE_CITY, japan_day(step.moment.issued_at)
    return Revision(
        alert_id=alert.id,
        number=alert.last_revision,
        change=decision.change,
        hazard=alert.hazard,
        code=alert.code,
        level=alert.level,
        rank=alert.rank,
        name=alert.name,
        urgency=decision.urgency,
        scope=decision.scope,
        tiers=_tiers(matching, Case(alert.hazard, alert.level, alert.code, alert.rank, day, extent), decision),
        details=change.notice.details if change.notice else (),
        telegram_id=step.telegram_id,
        issued_at=step.moment.issued_at,
        created_at=step.moment.now,
        expires_at=decision.expires_at,
        pushed=decision.pushed,
        reason=_reason(decision, matching.places.unknown_parts(extent)),
        rules_version=matching.version,
        valid_until=_valid_until(step, change),
    )


def _valid_until(step: Step, change: HazardChange) -> datetime | None:
    shown_for = step.services.pack.policy.shown_for(change.hazard)
    return valid_until(change.notice, step.moment.issued_at, shown_for) if change.notice else None


def _tiers(matching: MatchingRules, case: Case, decision: Decision) -> tuple[Tier, ...]:
    if decision.scope is not Scope.EVERYONE:
        return _EVERYONE
    tiers = matching.tiers(case)
    return tiers if decision.only is None else only(tiers, decision.only)


def _reason(decision: Decision, unknown_parts: tuple[str, ...]) -> str:
    """Why pushed or not; and that it could not be narrowed where JMA names a part that the pack does not know."""
    if not unknown_parts:
        return decision.reason
    return f"{decision.reason}; not narrowed, the pack does not know {'、'.join(unknown_parts)}"
