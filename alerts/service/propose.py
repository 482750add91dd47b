"""Evacuation orders proposed to the office while their trigger holds, and called out while nobody decides (R25).

Looked at every second from the situation as it stands in the rows: a crash, a standstill or a new pack loses nothing.
Nothing here makes a revision or a chunk: a proposal reaches the office and nobody else.
"""

import logging
from datetime import datetime
from functools import partial

from sqlalchemy.exc import IntegrityError

from alerts.proposal import Proposal
from alerts.reconsider import Reconsidered, reconsider
from alerts.service.services import Services
from alerts.situation import HazardState, stands
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork

_log = logging.getLogger(__name__)


class ProposalMovedError(Exception):
    """Somebody decided or ended the proposal between our read and our write; the transaction is tried again."""


def propose(services: Services) -> int:
    """Brings the proposals in line with the situation; returns how many began, ended or were called out."""
    now = services.clock.now()
    with services.database.read() as uow:
        if not _changes(services, uow, now) and not _to_call_out(services, uow, now):
            return 0
    return run(services.database, partial(_propose, services, now), retry_on=(IntegrityError, ProposalMovedError))


def alarm_key(proposal: Proposal) -> str:
    """The alarm of a proposal that nobody decides."""
    return f"undecided:{proposal.id}"


def _propose(services: Services, now: datetime, uow: UnitOfWork) -> int:
    changes = _changes(services, uow, now)
    for held, change in changes:
        if held is not None and change.ended is not None:
            if not uow.proposals.end(change.ended, held.state):
                raise ProposalMovedError(held.id)
            uow.alarms.clear(alarm_key(held), now)
        if change.begun is not None:
            uow.proposals.add(change.begun)
    waiting = _to_call_out(services, uow, now)
    for proposal in waiting:
        _call_out(services, uow, proposal, now)
    return len(changes) + len(waiting)


def _changes(services: Services, uow: UnitOfWork, now: datetime) -> list[tuple[Proposal | None, Reconsidered]]:
    """What holds and what must change of it, place by place."""
    states = {(one.chain, one.hazard): one for one in uow.situation.in_force() if stands(one, now)}
    holding = {(one.chain, one.hazard): one for one in uow.proposals.holding()}
    found = (
        (holding.get(place), _reconsidered(services, uow, holding.get(place), states.get(place), now))
        for place in sorted(states.keys() | holding.keys())
    )
    return [(held, change) for held, change in found if change != Reconsidered()]


def _reconsidered(
    services: Services, uow: UnitOfWork, held: Proposal | None, state: HazardState | None, now: datetime
) -> Reconsidered:
    decided = uow.proposals.decided_on(held.alert_id) if held else {}
    return reconsider(held, state, services.pack.triggers, decided, now)


def _to_call_out(services: Services, uow: UnitOfWork, now: datetime) -> list[Proposal]:
    after = services.pack.triggers.escalate_after
    return [one for one in uow.proposals.holding() if one.due_to_escalate(now, after)]


def _call_out(services: Services, uow: UnitOfWork, proposal: Proposal, now: datetime) -> None:
    """An alarm, and a line in the log each time again: it does not fall silent while nobody decides."""
    if not uow.proposals.escalate(proposal, now):
        raise ProposalMovedError(proposal.id)
    minutes = int((now - proposal.proposed_at).total_seconds() // 60)
    text = (
        f"{proposal.order} is proposed because of {proposal.name}, and nobody has decided for {minutes} minutes; "
        f"decide with `bosai proposals confirm {proposal.id}` or `decline`"
    )
    uow.alarms.raise_(alarm_key(proposal), "undecided", text, now)
    if proposal.escalations and not services.is_drill:  # nobody is called at night by a drill that was left standing
        uow.after_commit(partial(_log.error, "%s alarm again, undecided: %s", services.world.name, text))
