"""How old what we say may be: a calm answer that nobody checked is not calm (R30, requirements.md lead 6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork

STALE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SourceAge:
    """When one of JMA's feeds was last read whole; None if that has not happened yet."""

    name: str
    as_of: datetime | None
    error: str | None  # why the last attempt failed, if it did

    def is_stale(self, now: datetime) -> bool:
        """Whether it was read too long ago to stand for the present."""
        return self.as_of is None or now - self.as_of > STALE_AFTER


def sources(services: Services, uow: UnitOfWork) -> tuple[SourceAge, ...]:
    """The age of each feed. A drill world reads none: its telegrams come from the drill.

    Until its long feed was walked once, what a feed told before this service began is not known: no age at all.
    """
    if services.is_drill:
        return ()
    return tuple(
        SourceAge(feed.name, feed.last_success_at if feed.caught_up_at else None, feed.last_error)
        for feed in uow.feeds.all()
    )
