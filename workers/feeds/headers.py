"""What a feed server's headers say about time (RFC 9110, RFC 9111)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

DEFAULT_FRESH_SECONDS = 60.0  # JMA's own max-age (jma.md §1.3)

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,9}")


def fresh_for(headers: httpx.Headers) -> float:
    """Seconds until a cache in between has something newer: Cache-Control max-age less Age, never below 0."""
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    max_age = float(found[1]) if found else DEFAULT_FRESH_SECONDS
    age = headers.get("age", "").strip()
    return max(max_age - (float(age) if _SECONDS.fullmatch(age) else 0.0), 0.0)


def retry_after(headers: httpx.Headers) -> float | None:
    """Seconds that the server asks us to stay away: Retry-After as a number or as a date; None if it does not."""
    text = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    until, now = _date(text), _date(headers.get("date", ""))
    return max((until - now).total_seconds(), 0.0) if until and now else None


def size_of(response: httpx.Response) -> int:
    """Bytes of the status line and the headers, near enough for the daily count."""
    return 16 + len(response.reason_phrase) + sum(len(name) + len(value) + 4 for name, value in response.headers.raw)


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
