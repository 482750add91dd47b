"""The ceiling of bytes a day, far below what JMA cuts off (R23, jma.md §1.4)."""

from datetime import datetime

from alerts.service.feeds.errand import Errand
from alerts.store.unit_of_work import UnitOfWork

SPARE_SHARE = 0.8  # from here on only news is fetched: what could wait does


def may_fetch(errand: Errand, uow: UnitOfWork, now: datetime, *, can_wait: bool) -> bool:
    """Whether today's budget has room, for what can wait (long feeds, baseline) or for news."""
    ceiling = errand.settings.daily_bytes
    return uow.feeds.traffic.bytes_on(now) < (ceiling * SPARE_SHARE if can_wait else ceiling)


def raise_alarm(errand: Errand, uow: UnitOfWork, now: datetime) -> str:
    """Says that the ceiling is reached; returns the sentence."""
    spent, ceiling = uow.feeds.traffic.bytes_on(now), errand.settings.daily_bytes
    text = (
        f"{spent:,} of at most {ceiling:,} bytes were fetched from JMA on {now:%Y-%m-%d} (UTC): long feeds stop at "
        f"{SPARE_SHARE:.0%} of it, everything at the whole, until 00:00 UTC. Find out what is fetched repeatedly"
    )
    uow.alarms.raise_(f"traffic:{now:%Y-%m-%d}", "traffic", text, now)
    return text


def count(errand: Errand, received: int) -> None:
    """Counts one request, at once: a crash must not hide what was fetched."""
    with errand.services.database.write() as uow:
        uow.feeds.traffic.add(errand.services.clock.now(), received)
