"""Moves from what is known of a chain to what is true of it: made in the rows, decided and published together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.alert import Revision
from alerts.decision import decide
from alerts.service.issue import publish_all
from alerts.service.revise import Step, alert_id_of, revise
from alerts.service.shift import shift_of
from alerts.service.unknown_parts import ask_for_parts
from alerts.situation import HazardChange, HazardState, as_notice, compare, stands
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.envelope import InfoType


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one hazard and the state it leaves, None if nothing is in force."""

    change: HazardChange
    state: HazardState | None


def make(uow: UnitOfWork, moves: Sequence[tuple[Step, Move]]) -> tuple[Revision, ...]:
    """Makes the moves, each for its reason, and publishes what is to be said of them."""
    revisions = [revision for step, move in moves if (revision := _make(uow, step, move))]
    if not moves:
        return ()
    step = moves[0][0]
    uow.versions.bump("situation", step.moment.now)
    return publish_all(step.services, uow, revisions, step.moment.now)


def _make(uow: UnitOfWork, step: Step, move: Move) -> Revision | None:
    """Moves one hazard's state and alert; returns the revision if there is something to say or to note."""
    change = move.change
    alert = uow.alerts.open_of(step.chain, change.hazard)
    if move.state is None:
        uow.situation.remove(step.chain, change.hazard)
    else:
        alert_id = alert.id if alert else alert_id_of(step, change.hazard)
        uow.situation.put(replace(move.state, alert_id=alert_id))
        ask_for_parts(uow, step, move.state)
    if alert is None and change.notice is None:
        return None  # what nobody was told of needs no end
    shift = shift_of(step.services, uow, change, alert, step.moment.issued_at)
    decision = decide(change, alert, step.services.pack.policy, step.moment, shift)
    return revise(uow, step, change, alert, decision) if decision else None


def moves_to(
    true: Mapping[str, HazardState | None], known: Mapping[str, HazardState], info_type: InfoType, now: datetime
) -> list[Move]:
    """From what is known of a chain to what is true of it, hazards in alphabetical order.

    What has run out by itself is left to its time (`settle`); what has run out beneath it puts nothing in force again.
    """
    stating = {hazard: state for hazard, state in true.items() if state is None or stands(state, now)}
    stating |= {hazard: None for hazard in true.keys() & known.keys() if _is_void(known[hazard], true[hazard], now)}
    changes = (
        (compare(hazard, known.get(hazard), as_notice(state) if state else None, info_type), state)
        for hazard, state in sorted(stating.items())
    )
    return [Move(change, _since(state, change)) for change, state in changes if change is not None]


def _is_void(known: HazardState, true: HazardState | None, now: datetime) -> bool:
    """Whether something else was true before, and that is over by now."""
    return true is not None and not stands(true, now) and true.telegram_id != known.telegram_id


def _since(state: HazardState | None, change: HazardChange) -> HazardState | None:
    """A continuation keeps the earlier begin."""
    if state is None or change.before is None or change.change is not None:
        return state
    return replace(state, since=min(state.since, change.before.since))
