"""What moves by time: followers that waited for the window (R14), events that are over, and digests (issue 6)."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from alerts.alert import Alert, AlertState, Change, Revision, Scope, Urgency
from alerts.decision import Decision, Moment, decide
from alerts.quiet import Quiet
from alerts.service.issue import publish_all
from alerts.service.noise import tell_held_back
from alerts.service.revise import Step, revise
from alerts.service.services import Services
from alerts.situation import HazardChange, HazardState, as_notice
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork


def settle(services: Services) -> list[Revision]:
    """Tells what waited and still differs from what residents know; takes out of force what is no longer valid.

    Time lives in rows, so a crash or a standstill loses nothing. Returns the revisions it made.
    """
    now = services.clock.now()
    with services.database.read() as uow:
        waiting = uow.alerts.to_settle(now)
        over = uow.situation.no_longer_valid(now)
    settled = [run(services.database, partial(_settle, services, alert_id, now)) for alert_id in waiting]
    run_out = [run(services.database, partial(_run_out, services, at, now)) for at in over]
    tell_held_back(services)
    return [revision for revision in (*settled, *run_out) if revision]


def next_due(services: Services) -> datetime | None:
    """When there is something to settle next; None if nothing waits."""
    with services.database.read() as uow:
        waiting = (uow.alerts.next_settlement(), uow.situation.next_run_out())
        digest = uow.held_back.next_end(services.clock.now())
    return min((time for time in (*waiting, digest) if time), default=None)


def _settle(services: Services, alert_id: str, now: datetime, uow: UnitOfWork) -> Revision | None:
    """One withheld follower. Says JMA's time and telegram of when it was withheld, not of now."""
    alert = uow.alerts.get(alert_id)
    if alert is None or alert.settle_at is None or alert.settle_at > now:
        return None  # somebody was faster, or a rise came in between
    withheld = uow.alerts.revision(alert.id, alert.last_revision)
    state = uow.situation.states_of(alert.chain).get(alert.hazard)
    over = Change.RETRACT if withheld.change is Change.RETRACT else Change.END
    change = HazardChange(alert.hazard, None if state else over, state, as_notice(state) if state else None)
    moment = Moment(withheld.issued_at, now)
    decision = decide(change, alert, services.pack.policy, moment)
    settled = replace(alert, settle_at=None)
    if decision is None:
        uow.alerts.save(settled)
        return None
    step = Step(services, alert.chain, withheld.telegram_id, moment)
    return _published(services, uow, revise(uow, step, change, settled, decision))


def _run_out(services: Services, at: tuple[str, str], now: datetime, uow: UnitOfWork) -> Revision | None:
    """An event that nothing ends is no longer shown as in force; nobody is told, it was said when it was issued."""
    state = uow.situation.states_of(at[0]).get(at[1])
    if state is None or state.valid_until is None or state.valid_until > now:
        return None
    uow.situation.remove(*at)
    uow.versions.bump("situation", now)
    alert = uow.alerts.open_of(*at)
    if alert is None or alert.state is not AlertState.IN_FORCE:
        return None
    change = HazardChange(state.hazard, Change.END, state, None)
    return _published(services, uow, _quiet_end(services, uow, alert, change, now))


def _quiet_end(services: Services, uow: UnitOfWork, alert: Alert, change: HazardChange, now: datetime) -> Revision:
    state = change.before
    issued_at = state.valid_until if isinstance(state, HazardState) and state.valid_until else now
    decision = Decision(Change.END, Urgency.NONE, Scope.EVERYONE, False, 0, now, str(Quiet.RUN_OUT))
    return revise(uow, Step(services, alert.chain, None, Moment(issued_at, now)), change, alert, decision)


def _published(services: Services, uow: UnitOfWork, revision: Revision) -> Revision:
    uow.versions.bump("situation", services.clock.now())
    (published,) = publish_all(services, uow, [revision], services.clock.now())
    return published
