"""Held telegrams read again after an update, oldest first, by the same way as new ones (R16).

What is late is applied and not pushed (R22): the order and the lifetimes decide, as for any telegram.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from alerts.admission import may_act
from alerts.alert import Revision
from alerts.decision import Moment
from alerts.service.apply import Application, ConcurrentUpdateError, apply
from alerts.service.arrival import Incoming
from alerts.service.receive import alarm_of, record_of
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.states import Applied
from alerts.store.telegrams import TelegramRecord
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading
from alerts.times import believed

_Newest = Mapping[tuple[str, str], str]  # by unit and hazard, the id of the newest telegram that decides it


@dataclass(frozen=True, slots=True)
class Reread:
    """A telegram that reads otherwise than before."""

    id: str
    file: str
    outcome: Outcome
    reason: str
    revisions: tuple[Revision, ...]


def read_again(services: Services) -> list[Reread]:
    """Reads every held telegram again; returns those that say something else now. Safe to repeat and to interrupt."""
    with services.database.read() as uow:
        held = uow.telegrams.ids_with((Outcome.HOLD,))
        newest = dict(_decided(services, uow, held))
    done = (
        run(services.database, partial(_read_again, services, one, newest), retry_on=(ConcurrentUpdateError,))
        for one in held
    )
    return [one for one in done if one]


def read_one_again(services: Services, telegram_id: str) -> Reread | None:
    """One of them; None where it reads as before, or is not held any more."""
    with services.database.read() as uow:
        newest = dict(_decided(services, uow, uow.telegrams.ids_with((Outcome.HOLD,))))
    return run(
        services.database, partial(_read_again, services, telegram_id, newest), retry_on=(ConcurrentUpdateError,)
    )


def _decided(services: Services, uow: UnitOfWork, ids: Iterable[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """What may act now by unit and hazard, oldest first: of several only the newest may ring."""
    for telegram_id in ids:
        record = uow.telegrams.get(telegram_id)
        reading = read_telegram(record.raw, record.file, services.pack.codes) if record else None
        if reading and reading.envelope and reading.envelope.unit and may_act(services.world, reading):
            yield from (((reading.envelope.unit, hazard), telegram_id) for hazard in reading.hazards)


def _read_again(services: Services, telegram_id: str, newest: _Newest, uow: UnitOfWork) -> Reread | None:
    record = uow.telegrams.get(telegram_id)
    if record is None or record.outcome is not Outcome.HOLD:
        return None  # somebody was faster
    reading = read_telegram(record.raw, record.file, services.pack.codes)
    if (reading.outcome, reading.reason) == (record.outcome, record.reason):
        return None
    incoming = Incoming(record.id, record.file, record.raw, record.seen_at)
    read = record_of(services, incoming, reading)
    uow.telegrams.set_reading(replace(read, applied=record.applied))
    _alarm(services, uow, incoming, reading)
    revisions = _apply(services, uow, record, reading, newest)
    return Reread(record.id, record.file, reading.outcome, reading.reason, revisions)


def _alarm(services: Services, uow: UnitOfWork, incoming: Incoming, reading: Reading) -> None:
    now = services.clock.now()
    if reading.outcome is not Outcome.HOLD:
        uow.alarms.clear(f"held:{incoming.id}", now)
    alarm_of(uow, incoming, reading, now)


def _apply(
    services: Services, uow: UnitOfWork, record: TelegramRecord, reading: Reading, newest: _Newest
) -> tuple[Revision, ...]:
    """Applies it where it belongs in the order; what acted in part before acts as a whole now."""
    envelope = reading.envelope
    if envelope is None or envelope.unit is None or not may_act(services.world, reading):
        return ()
    moment = Moment(believed(envelope.issued_at, record.seen_at), services.clock.now())
    unit = envelope.unit
    overtaken = frozenset(hazard for hazard in reading.hazards if newest.get((unit, hazard), record.id) != record.id)
    applied, revisions = apply(Application(services, uow, record.id, reading, moment, overtaken), unit)
    if record.applied != Applied.APPLIED:
        uow.telegrams.set_applied(record.id, applied)
    return revisions
