"""Japan's time: UTC inside, +09:00 outside (design.md §3)."""

from datetime import datetime, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")  # no daylight saving time since 1951


def in_japan(instant: datetime) -> datetime:
    """The same instant on a clock in Japan."""
    return instant.astimezone(JST)
