"""One telegram applied to the situation: changes, decisions, alert revisions and their chunks, in one transaction."""

from dataclasses import dataclass, replace

from alerts.alert import Revision
from alerts.chain import chain_of, is_of_messages
from alerts.decision import Moment
from alerts.derive import Told
from alerts.service.moves import Move, make, moves_to
from alerts.service.revise import Step
from alerts.service.services import Services
from alerts.service.stored import derived_chain
from alerts.service.withheld import ends_taken_back
from alerts.situation import HazardState, Saying, changes_by, is_newer, state_after
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.envelope import InfoType
from alerts.telegram.reading import Reading


class ConcurrentUpdateError(Exception):
    """Another worker advanced the unit between our read and our write; the transaction is tried again."""


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that one application needs; `moment` says when and how the telegram came.

    `overtaken` are hazards that a newer telegram of the same poll decides too: only that one may ring.
    """

    services: Services
    uow: UnitOfWork
    telegram_id: str
    reading: Reading
    moment: Moment
    overtaken: frozenset[str] = frozenset()


def apply(application: Application, unit: str) -> tuple[str, tuple[Revision, ...]]:
    """Applies a telegram that may act; returns `applied` or `stale`, and the revisions it made.

    The newest of its chain is compared with what is in force. One that comes late, or takes back what was said, has
    the chain derived anew from what is stored, so that every order of arrival ends in the same situation.
    Raises `ConcurrentUpdateError` if another worker applied a telegram of the same chain in between.
    """
    chain = (chain_of(application.reading.envelope) if application.reading.envelope else None) or unit
    newest = _advance(application, unit)
    if chain != unit:
        newest = _advance(application, chain) and newest
    in_order = newest and (chain == unit or not _takes_back(application.reading, chain))
    moves = _in_order(application, chain, unit) if in_order else _anew(application, chain, unit)
    if _is_retraction(application.reading):
        decided = [move.change.hazard for move in moves]
        ended = ends_taken_back(application.uow, chain, unit, application.moment, decided)
        moves += [Move(change, None) for change in ended]
    if not newest and all(map(_leaves_it, moves)):
        return "stale", ()
    return "applied", make(application.uow, [(_step(application, chain, move), move) for move in moves])


def _leaves_it(move: Move) -> bool:
    """Whether a move leaves everything as it is: also by which telegram it is in force."""
    before, after = move.change.before, move.state
    same = before is not None and after is not None and before.telegram_id == after.telegram_id
    return move.change.change is None and (same or before is after is None)


def _step(application: Application, chain: str, move: Move) -> Step:
    moment = replace(application.moment, overtaken=move.change.hazard in application.overtaken)
    return Step(application.services, chain, application.telegram_id, moment)


def _is_retraction(reading: Reading) -> bool:
    return reading.info_type is InfoType.RETRACTION


def _takes_back(reading: Reading, chain: str) -> bool:
    """Whether what other units of the chain had said may count again."""
    corrects = reading.info_type is InfoType.CORRECTION
    return _is_retraction(reading) or (corrects and is_of_messages(chain))


def _advance(application: Application, key: str) -> bool:
    """Makes this telegram the newest of a unit or chain; False if a newer one is there.

    The row moves in any case: so nobody else changes the chain until this transaction ends.
    """
    uow, moment, telegram_id = application.uow, application.moment, application.telegram_id
    row = uow.situation.unit(key)
    newer = is_newer(moment.issued_at, telegram_id, (row.issued_at, row.telegram_id) if row else None)
    newest = (telegram_id, moment.issued_at) if newer or row is None else (row.telegram_id, row.issued_at)
    if not uow.situation.advance_unit(key, *newest, row.version if row else None):
        raise ConcurrentUpdateError(key)
    return newer


def _in_order(application: Application, chain: str, unit: str) -> list[Move]:
    moment, policy = application.moment, application.services.pack.policy
    known = application.uow.situation.states_of(chain)
    moves: list[Move] = []
    for change in changes_by(application.reading, known, moment.issued_at):
        shown_for = policy.shown_for(change.hazard)
        saying = Saying(chain, unit, application.telegram_id, moment.issued_at, shown_for)
        moves.append(Move(change, state_after(change, saying, "")))
    return moves


def _anew(application: Application, chain: str, unit: str) -> list[Move]:
    uow, moment, reading = application.uow, application.moment, application.reading
    known = uow.situation.states_of(chain)
    told = Told(application.telegram_id, moment.issued_at, reading)
    withdrawn = [hazard for hazard, state in known.items() if _is_retraction(reading) and _was_said(state, unit, told)]
    true = dict.fromkeys(withdrawn) | derived_chain(application.services, uow, chain, told)
    return moves_to(true, known, reading.info_type, moment.now)


def _was_said(state: HazardState, unit: str, told: Told) -> bool:
    """Whether a retraction takes back this state: its unit said it, before."""
    return state.unit == unit and state.issued_at <= told.issued_at
