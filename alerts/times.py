"""Japan's time: UTC inside, +09:00 outside (design.md §3)."""

from datetime import timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")  # no daylight saving time since 1951
