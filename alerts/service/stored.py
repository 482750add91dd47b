"""Stored telegrams, read again with today's reader: what the situation is derived from when arrival is no guide."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from alerts.admission import may_act
from alerts.chain import beginnings_of_units
from alerts.derive import Place, Told, derive
from alerts.service.services import Services
from alerts.situation import HazardState, stands
from alerts.store.states import Applied
from alerts.store.telegrams import TelegramRecord
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram import old_warning, snapshot
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading
from alerts.times import believed

REACH = timedelta(days=7)  # how far back a chain's other units may still speak: JMA's long feed holds as much
_TABLES = {  # read only where they were taken in
    snapshot.TYPE: snapshot.read_snapshot,
    old_warning.TYPE: old_warning.read_old_warning,
}
_ACTING = (Outcome.LIVE, Outcome.HOLD, Outcome.DRILL)


def readings_of(services: Services, telegram: TelegramRecord) -> tuple[Reading, ...]:
    """What a stored telegram says: one reading, or one for each kind of warning where it is a table of all."""
    city = services.pack.codes
    read_table = _TABLES.get(telegram.type or "")
    if read_table is None:
        return (read_telegram(telegram.raw, telegram.file, city),)
    return read_table(telegram.raw, telegram.file, city).readings if telegram.applied == Applied.APPLIED else ()


def told_by(services: Services, telegrams: Iterable[TelegramRecord]) -> Iterator[Told]:
    """The readings that may act in this world."""
    for telegram in telegrams:
        for reading in readings_of(services, telegram):
            if reading.envelope is not None and may_act(services.world, reading):
                yield Told(telegram.id, believed(reading.envelope.issued_at, telegram.seen_at), reading)


def derived_chain(services: Services, uow: UnitOfWork, chain: str, around: Told) -> dict[str, HazardState | None]:
    """The hazards of one chain from its stored telegrams of the days before `around`, and of all later ones.

    A telegram that was just stored and is not noted as applied yet is among them.
    """
    stored = uow.telegrams.beginning_with(beginnings_of_units(chain), around.issued_at - REACH)
    told = [one for one in told_by(services, stored) if one.telegram_id != around.telegram_id]
    found = derive([*told, around], services.pack.policy.shown_for)
    return {hazard: state for (of_chain, hazard), state in found.items() if of_chain == chain}


def derived(services: Services, uow: UnitOfWork, more: Iterable[Told] = ()) -> dict[Place, HazardState]:
    """Everything in force now, from all stored telegrams and `more`. What has run out is left out."""
    now = services.clock.now()
    ids = [*uow.telegrams.ids_with(_ACTING), *uow.telegrams.applied_tables()]
    found = (uow.telegrams.get(telegram_id) for telegram_id in ids)
    told = [*told_by(services, (one for one in found if one)), *more]
    states = derive(told, services.pack.policy.shown_for)
    return {place: state for place, state in states.items() if state and stands(state, now)}
