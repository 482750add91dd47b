"""Japan's time: UTC inside, +09:00 outside (design.md §3); and how far a telegram's own time is believed."""

from datetime import date, datetime, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")  # no daylight saving time since 1951
CLOCK_TOLERANCE = timedelta(minutes=10)


def japan_day(time: datetime) -> date:
    """The calendar day in Japan at that instant."""
    return time.astimezone(JST).date()


def is_from_the_future(issued_at: datetime, seen_at: datetime) -> bool:
    """Whether JMA's time cannot be believed. Taken as it is, it would silence its unit until that time has come."""
    return issued_at > seen_at + CLOCK_TOLERANCE


def believed(issued_at: datetime, seen_at: datetime) -> datetime:
    """The place of a telegram in the order of its unit: its own time, or that of its arrival if that is yet to come."""
    return seen_at if is_from_the_future(issued_at, seen_at) else issued_at
