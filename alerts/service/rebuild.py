"""The situation made anew from all stored telegrams, and repaired where it differs (jma.md §1.5).

After an outage the long feeds come in by the usual way (`receive`), so the store has them too. Residents are told only
where what they were told differs from what is true (decision 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter

from alerts.alert import Revision
from alerts.decision import Moment
from alerts.derive import Place
from alerts.service.apply import ConcurrentUpdateError
from alerts.service.moves import Move, make, moves_to
from alerts.service.revise import Step
from alerts.service.services import Services
from alerts.service.stored import derived
from alerts.situation import HazardState, stands
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.envelope import InfoType
from alerts.telegram.extent import Extent


@dataclass(frozen=True, slots=True)
class Difference:
    """One hazard of which the situation is not what the telegrams say; None: not in force."""

    chain: str
    hazard: str
    known: HazardState | None
    true: HazardState | None


def differences(services: Services) -> list[Difference]:
    """Where the situation differs from what the stored telegrams make of it; changes nothing."""
    with services.database.read() as uow:
        return compared(services, uow, derived(services, uow))


def repair(services: Services) -> list[Revision]:
    """Puts the situation right, in one transaction; returns the revisions, pushed or not. Safe to repeat."""
    return run(services.database, partial(_repair, services), retry_on=(ConcurrentUpdateError,))


def compared(services: Services, uow: UnitOfWork, true: Mapping[Place, HazardState]) -> list[Difference]:
    """The situation beside what is true, by chain and hazard. What has just run out is left to its time."""
    now = services.clock.now()
    known = {(state.chain, state.hazard): state for state in uow.situation.in_force() if stands(state, now)}
    places = sorted(known.keys() | true.keys())
    found = [Difference(*place, known.get(place), true.get(place)) for place in places]
    return [one for one in found if _essence(one.known) != _essence(one.true)]


def _essence(state: HazardState | None) -> tuple[str, int | None, int, Extent] | None:
    return (state.code, state.level, state.rank, state.extent) if state else None


def _repair(services: Services, uow: UnitOfWork) -> list[Revision]:
    found = compared(services, uow, derived(services, uow))
    revisions: list[Revision] = []
    for chain, group in groupby(found, key=attrgetter("chain")):
        _hold(uow, chain)
        revisions += make(uow, [moved for one in group for moved in _moves(services, uow, one)])
    return revisions


def _hold(uow: UnitOfWork, chain: str) -> None:
    """Nobody else changes the chain until this transaction ends: its row moves, and says the same as before."""
    row = uow.situation.unit(chain)
    if row and not uow.situation.advance_unit(chain, row.telegram_id, row.issued_at, row.version):
        raise ConcurrentUpdateError(chain)


def _moves(services: Services, uow: UnitOfWork, found: Difference) -> list[tuple[Step, Move]]:
    """What puts one difference right. An end is as old as the newest telegram of its chain."""
    now, row = services.clock.now(), uow.situation.unit(found.chain)
    issued_at = found.true.issued_at if found.true else row.issued_at if row else now
    telegram_id = found.true.telegram_id if found.true else row.telegram_id if row else None
    step = Step(services, found.chain, telegram_id, Moment(issued_at, now), seed=f"repaired {now.isoformat()}")
    known = {found.hazard: found.known} if found.known else {}
    return [(step, move) for move in moves_to({found.hazard: found.true}, known, InfoType.ISSUE, now)]
