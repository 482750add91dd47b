"""What operators look at: telegrams that are held, and exercises that the live world takes in and does not act on."""

from alerts.service.services import Services
from alerts.store.telegrams import TelegramRecord
from alerts.telegram.reading import Outcome


def held(services: Services, limit: int) -> list[TelegramRecord]:
    """The held telegrams, newest first (R16)."""
    with services.database.read() as uow:
        return uow.telegrams.held(limit)


def exercises(services: Services, limit: int) -> list[TelegramRecord]:
    """Telegrams of status 訓練 or 試験, newest first: shown here and nowhere else (R1)."""
    with services.database.read() as uow:
        return uow.telegrams.newest_with(Outcome.DRILL, limit)
