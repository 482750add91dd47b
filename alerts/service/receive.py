"""A telegram comes in: kept, read, applied, decided and made due, in one transaction (design.md §2.2-2.5)."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from alerts.admission import may_act
from alerts.decision import Moment
from alerts.service.apply import Application, ConcurrentUpdateError, apply
from alerts.service.arrival import Incoming, Received
from alerts.service.display import show
from alerts.service.gather import highest_first
from alerts.service.services import Services
from alerts.service.stand_in import stand_in
from alerts.store.database import run
from alerts.store.telegrams import TelegramRecord
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.envelope import Status
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading
from alerts.times import believed, is_from_the_future

_log = logging.getLogger(__name__)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # sorts what has no readable time first; it is held anyway


def receive(services: Services, batch: Sequence[Incoming]) -> list[Received]:
    """Takes in what one poll brought, oldest first; each telegram in a transaction of its own.

    Receiving an id again changes nothing, so a crash in the middle is repaired by receiving the batch again. A
    telegram that is held, or says nothing of a hazard, never keeps an earlier one from being told (R16).
    """
    read = [(incoming, read_telegram(incoming.raw, incoming.file, services.pack.codes)) for incoming in batch]
    read.sort(key=lambda pair: (_issued_at(pair[1]), pair[0].id))
    newest = {
        (_unit(reading), hazard): incoming.id
        for incoming, reading in read
        if may_act(services.world, reading)
        for hazard in reading.hazards
    }
    received: list[Received] = []
    with highest_first(services) as gathering:
        for incoming, reading in read:
            decided = {h for h in reading.hazards if newest.get((_unit(reading), h), incoming.id) != incoming.id}
            received.append(_receive_one(gathering.services, incoming, reading, frozenset(decided)))
            gathering.note(received[-1].revisions)
    return received


def _issued_at(reading: Reading) -> datetime:
    return reading.envelope.issued_at if reading.envelope else _EPOCH


def _unit(reading: Reading) -> str | None:
    return reading.envelope.unit if reading.envelope else None


def _receive_one(services: Services, incoming: Incoming, reading: Reading, overtaken: frozenset[str]) -> Received:
    """One telegram, one transaction; tried again where another worker was faster."""

    def work(uow: UnitOfWork) -> Received:
        """Keeps the telegram and all that it changes, or nothing."""
        now = services.clock.now()
        if not uow.telegrams.add(record_of(services, incoming, reading)):
            return Received(incoming.id, reading, "duplicate")
        alarm_of(uow, incoming, reading, now)
        issued_at = believed(_issued_at(reading), incoming.seen_at)
        show(services, uow, incoming, reading, issued_at)
        stood_in = stand_in(services, uow, incoming, reading, now)
        if stood_in is not None:
            return Received(incoming.id, reading, "applied", stood_in)
        unit = _unit(reading)
        if unit is None or not may_act(services.world, reading):
            return Received(incoming.id, reading, "none")
        window = services.pack.policy.window / incoming.speed
        moment = Moment(issued_at, now, baseline=incoming.baseline, window=window)
        applied, revisions = apply(Application(services, uow, incoming.id, reading, moment, overtaken), unit)
        uow.telegrams.set_applied(incoming.id, applied)
        return Received(incoming.id, reading, applied, revisions)

    received = run(services.database, work, retry_on=(ConcurrentUpdateError,))
    _log.info("%s: %s, %s", incoming.file, reading.outcome, received.applied)
    return received


def alarm_of(uow: UnitOfWork, incoming: Incoming, reading: Reading, now: datetime) -> None:
    """Tells operators what was held, and what was read although something in it is new (R16)."""
    if reading.outcome is Outcome.HOLD:
        uow.alarms.raise_(f"held:{incoming.id}", "held", f"{incoming.file}: {reading.reason}", now)
    elif reading.oddities:
        uow.alarms.raise_(f"odd:{incoming.id}", "odd", f"{incoming.file}: {' '.join(reading.oddities)}", now)
    if reading.envelope and is_from_the_future(reading.envelope.issued_at, incoming.seen_at):
        text = f"{incoming.file}: sent at {reading.envelope.issued_at.isoformat()}; is this machine's clock right?"
        uow.alarms.raise_("clock", "clock", text, now)


def record_of(services: Services, incoming: Incoming, reading: Reading) -> TelegramRecord:
    """The row that keeps the raw telegram. In a drill world it is retyped `exercise` (R1)."""
    envelope = reading.envelope
    return TelegramRecord(
        id=incoming.id,
        file=incoming.file,
        type=reading.type,
        unit=_unit(reading),
        status=Status.EXERCISE if services.is_drill else reading.status,
        info_type=reading.info_type,
        issued_at=envelope.issued_at if envelope else None,
        seen_at=incoming.seen_at,
        outcome=reading.outcome,
        reason=reading.reason,
        applied="none",
        title=envelope.head_title if envelope else None,
        headline=envelope.headline if envelope else None,
        unknown_codes=reading.unknown_codes,
        raw=incoming.raw,
    )
