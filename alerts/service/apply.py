"""One telegram applied to the situation: changes, decisions, alert revisions and their chunks, in one transaction."""

import hashlib
from dataclasses import dataclass, replace

from alerts.alert import Alert, Revision, Scope, Source, Tier, next_state
from alerts.decision import Decision, Moment, decide
from alerts.service.arrival import Incoming
from alerts.service.issue import publish
from alerts.service.services import Services
from alerts.situation import HazardChange, changes_by, is_newer, state_after
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.reading import Reading


class ConcurrentUpdateError(Exception):
    """Another worker advanced the unit between our read and our write; the transaction is tried again."""


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that one application needs; `moment` says when and how the telegram came."""

    services: Services
    uow: UnitOfWork
    incoming: Incoming
    reading: Reading
    unit: str
    moment: Moment


def apply(step: Application) -> tuple[str, tuple[Revision, ...]]:
    """Applies a telegram that may act; returns `applied` or `stale`, and the revisions it made.

    Raises `ConcurrentUpdateError` if another worker applied a telegram of the same unit in between.
    """
    uow, telegram_id = step.uow, step.incoming.id
    row = uow.situation.unit(step.unit)
    if not is_newer(step.moment.issued_at, telegram_id, (row.issued_at, row.telegram_id) if row else None):
        return "stale", ()
    if not uow.situation.advance_unit(step.unit, telegram_id, step.moment.issued_at, row.version if row else None):
        raise ConcurrentUpdateError(step.unit)
    changes = changes_by(step.reading, uow.situation.states_of(step.unit))
    revisions = [revision for change in changes if (revision := _apply_change(step, change))]
    if changes:
        uow.versions.bump("situation", step.moment.now)
    _publish(step, revisions)
    return "applied", tuple(revisions)


def _publish(step: Application, revisions: list[Revision]) -> None:
    """Stores the revisions, the most urgent first, and nudges the workers once all of it is committed."""
    chunk_size = step.services.pack.policy.chunk_size
    due = [
        chunk
        for revision in sorted(revisions, key=lambda revision: revision.urgency.precedence)
        for chunk in publish(step.uow, revision, chunk_size, step.moment.now)
    ]

    def nudge() -> None:
        for chunk in due:
            step.services.nudge.chunk_due(chunk)

    step.uow.after_commit(nudge)


def _apply_change(step: Application, change: HazardChange) -> Revision | None:
    """Moves one hazard's state and alert; returns the revision if there is something to say or to note."""
    alert = step.uow.alerts.open_of(step.unit, change.hazard)
    decision = decide(change, alert, step.services.pack.policy, step.moment)
    alert_id = alert.id if alert else _new_alert_id(step, change.hazard)
    _put_state(step, change, alert_id)
    if decision is None:
        return None
    moved = _moved(step, change, alert, alert_id, decision)
    step.uow.alerts.save(moved)
    return _revision(step, change, moved, decision)


def _put_state(step: Application, change: HazardChange, alert_id: str) -> None:
    state = state_after(change, step.unit, step.moment.issued_at, step.incoming.id, alert_id)
    if state is None:
        step.uow.situation.remove(step.unit, change.hazard)
    else:
        step.uow.situation.put(state)


def _new_alert_id(step: Application, hazard: str) -> str:
    """Names an alert by the telegram that began it: the same telegrams give the same alerts, none is used twice."""
    seed = "|".join((step.services.world.name, step.unit, hazard, step.incoming.id))
    return "a" + hashlib.sha256(seed.encode()).hexdigest()[:24]


def _moved(step: Application, change: HazardChange, alert: Alert | None, alert_id: str, decision: Decision) -> Alert:
    """The alert as the change leaves it. What is over keeps the kind it had."""
    state = next_state(alert.state if alert else None, change.change or decision.change)
    notice = change.notice
    if alert is None:
        assert notice is not None  # noqa: S101  a change without an alert is an issue, which has a notice
        return Alert(
            id=alert_id,
            source=Source.JMA,
            hazard=change.hazard,
            unit=step.unit,
            state=state,
            code=notice.code,
            level=notice.level,
            rank=notice.rank,
            name=notice.name,
            told_rank=decision.told_rank,
            last_revision=1,
            since=step.moment.issued_at,
            updated_at=step.moment.now,
        )
    moved = replace(
        alert,
        state=state,
        told_rank=decision.told_rank,
        last_revision=alert.last_revision + 1,
        updated_at=step.moment.now,
    )
    if notice is None:
        return moved
    return replace(moved, code=notice.code, level=notice.level, rank=notice.rank, name=notice.name)


def _revision(step: Application, change: HazardChange, alert: Alert, decision: Decision) -> Revision:
    everyone = (Tier(None),)
    addressed = step.services.pack.matching.tiers(alert.hazard, alert.level, alert.code)
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
        tiers=addressed if decision.scope is Scope.EVERYONE else everyone,
        details=change.notice.details if change.notice else (),
        telegram_id=step.incoming.id,
        issued_at=step.moment.issued_at,
        created_at=step.moment.now,
        expires_at=decision.expires_at,
        pushed=decision.pushed,
        reason=decision.reason,
    )
