"""What the office does with a held telegram: looks, and says so; or has it read again (issue 8.8, R16)."""

from dataclasses import dataclass

from alerts.service.audit import record
from alerts.service.people.acting import Actor
from alerts.service.reread import read_one_again
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.telegrams import TelegramRecord
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.reading import Outcome


class NotHeldError(LookupError):
    """No held telegram of this world has the id; it may have been read since."""


@dataclass(frozen=True, slots=True)
class HeldTelegram:
    """A telegram that is held; `waits`: nobody has said yet that he looked at it."""

    record: TelegramRecord
    waits: bool


def listed(services: Services, limit: int) -> list[HeldTelegram]:
    """The held telegrams, newest first."""
    with services.database.read() as uow:
        return [HeldTelegram(each, _waits(uow, each.id)) for each in uow.telegrams.held(limit)]


def one(services: Services, telegram_id: str) -> HeldTelegram | None:
    """Any telegram of this world with its bytes; None if there is none."""
    with services.database.read() as uow:
        found = uow.telegrams.get(telegram_id)
        return HeldTelegram(found, _waits(uow, telegram_id)) if found else None


def set_aside(services: Services, telegram_id: str, actor: Actor, note: str) -> None:
    """Somebody looked at it: its alarm ends. The telegram stays held, and acts no more than before.

    Raises `NotHeldError`. Said twice, it is done once.
    """

    def work(uow: UnitOfWork) -> None:
        found = _held(uow, telegram_id)
        now = services.clock.now()
        if uow.alarms.clear(_key(telegram_id), now):
            record(uow, actor, "held.set_aside", {"reason": found.reason}, {"telegram": telegram_id, "note": note}, now)

    run(services.database, work)


def read_again(services: Services, telegram_id: str, actor: Actor) -> bool:
    """Reads it by the rules of this version; True if it says something else now and was applied. `NotHeldError`."""
    with services.database.read() as uow:
        before = _held(uow, telegram_id)
    again = read_one_again(services, telegram_id)

    def note(uow: UnitOfWork) -> None:
        after = {"telegram": telegram_id, "outcome": again.outcome if again else before.outcome}
        record(uow, actor, "held.read_again", {"reason": before.reason}, after, services.clock.now())

    run(services.database, note)
    return again is not None


def _held(uow: UnitOfWork, telegram_id: str) -> TelegramRecord:
    found = uow.telegrams.get(telegram_id)
    if found is None or found.outcome is not Outcome.HOLD:
        raise NotHeldError(telegram_id)
    return found


def _waits(uow: UnitOfWork, telegram_id: str) -> bool:
    return uow.alarms.open_since(_key(telegram_id)) is not None


def _key(telegram_id: str) -> str:
    return f"held:{telegram_id}"
