"""The situation brought up to date from one VPWS50: all warnings of all Japan at one moment (jma.md §1.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from alerts.admission import may_act
from alerts.alert import Revision
from alerts.chain import chain_of
from alerts.decision import Moment
from alerts.derive import Told
from alerts.service.apply import Application, ConcurrentUpdateError, apply
from alerts.service.arrival import Incoming
from alerts.service.rebuild import Difference, compared
from alerts.service.receive import record_of
from alerts.service.services import Services
from alerts.service.stored import derived
from alerts.store.database import run
from alerts.store.states import Applied
from alerts.store.telegrams import TelegramRecord
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading
from alerts.telegram.snapshot import TYPE, read_snapshot
from alerts.times import believed


class UnusableSnapshotError(ValueError):
    """Nothing can be taken from the file; the text says why."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A snapshot that may act, as the readings of its seven kinds of warning."""

    incoming: Incoming
    readings: tuple[Reading, ...]
    reason: str  # what in it is unknown, empty if nothing is


def differences_from(services: Services, incoming: Incoming) -> list[Difference]:
    """Where the situation differs from the snapshot; what came after the snapshot counts more. Changes nothing.

    Rivers, earthquakes and all else that is no warning of VPWW55 to VPWW61 are not in it and not compared.
    Raises `UnusableSnapshotError`.
    """
    table = _table(services, incoming)
    told = [Told(incoming.id, _issued_at(one, incoming), one) for one in table.readings]
    chains = {chain_of(one.envelope) for one in table.readings if one.envelope}
    with services.database.read() as uow:
        return [one for one in compared(services, uow, derived(services, uow, told)) if one.chain in chains]


def recover(services: Services, incoming: Incoming) -> list[Revision]:
    """Takes the snapshot in, as if the seven telegrams had come at once; returns the revisions, pushed or not.

    A kind of warning that was never heard of before is a first start: it is known then, and nobody is told
    (decision 5). Taking the same snapshot in again changes nothing. Raises `UnusableSnapshotError`.
    """
    table = _table(services, incoming)
    return run(services.database, partial(_recover, services, table), retry_on=(ConcurrentUpdateError,))


def _table(services: Services, incoming: Incoming) -> _Table:
    snapshot = read_snapshot(incoming.raw, incoming.file, services.pack.codes)
    if not snapshot.readings:
        raise UnusableSnapshotError(f"{incoming.file}: {snapshot.reason}")
    acting = tuple(one for one in snapshot.readings if one.envelope and may_act(services.world, one))
    if not acting and not snapshot.reason:
        status = snapshot.readings[0].status
        raise UnusableSnapshotError(f"{incoming.file}: a telegram of status {status} does not act in this world (R1)")
    return _Table(incoming, acting, snapshot.reason)


def _recover(services: Services, table: _Table, uow: UnitOfWork) -> list[Revision]:
    incoming, now = table.incoming, services.clock.now()
    if not uow.telegrams.add(_record(services, table)):
        return []
    if table.reason:
        uow.alarms.raise_(f"odd:{incoming.id}", "odd", f"{incoming.file}: {table.reason}", now)
    return [revision for reading in table.readings for revision in _apply(services, uow, incoming, reading)]


def _record(services: Services, table: _Table) -> TelegramRecord:
    """The snapshot as it is kept: applied, so that later derivations count it in."""
    incoming, reading = table.incoming, read_telegram(table.incoming.raw, table.incoming.file, services.pack.codes)
    envelope = table.readings[0].envelope if table.readings else None
    return replace(
        record_of(services, incoming, reading),
        type=TYPE,
        unit=envelope.unit if envelope else None,
        issued_at=envelope.issued_at if envelope else None,
        outcome=Outcome.IGNORE,
        applied=Applied.APPLIED,
    )


def _issued_at(reading: Reading, incoming: Incoming) -> datetime:
    return believed(reading.envelope.issued_at, incoming.seen_at) if reading.envelope else incoming.seen_at


def _apply(services: Services, uow: UnitOfWork, incoming: Incoming, reading: Reading) -> Sequence[Revision]:
    envelope = reading.envelope
    chain = chain_of(envelope) if envelope else None
    if envelope is None or envelope.unit is None or chain is None:
        return ()
    first = uow.situation.unit(chain) is None
    moment = Moment(_issued_at(reading, incoming), services.clock.now(), baseline=first)
    return apply(Application(services, uow, incoming.id, reading, moment), envelope.unit)[1]
