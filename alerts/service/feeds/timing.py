"""When a feed is polled again and a telegram is tried again (jma.md §1.3, R9, R23).

`chance` is a random number from 0 to 1: no two installations may fall into step with each other.
"""

from datetime import timedelta

POLL_FLOOR = 20.0  # s; a shorter poll only meets JMA's cache
POLL_CEILING = 120.0  # s; a server that promises more freshness than that would make us deaf
POLL_SPREAD = 5.0  # s
BACK_OFF_CEILING = 120.0  # s
LONG_BACK_OFF_CEILING = 900.0  # s; a long feed has megabytes
RETRY_AFTER_CEILING = 600.0  # s; a server may ask for patience, not for silence
FIRST_RETRY = 5.0  # s; a file that the feed announced too early is there soon
RETRY_CEILING = 300.0  # s
LAST_ATTEMPT = 12  # with these delays about half an hour after the first
ALARM_ATTEMPT = 5  # about a minute and a half after the first


def next_poll(fresh_for_seconds: float, chance: float) -> timedelta:
    """How long until the next poll: when the cached answer is no longer fresh, and a little later."""
    fresh = min(max(fresh_for_seconds, POLL_FLOOR), POLL_CEILING)
    return timedelta(seconds=fresh + POLL_SPREAD * chance)


def back_off(
    failures: int, retry_after_seconds: float | None, chance: float, ceiling: float = BACK_OFF_CEILING
) -> timedelta:
    """How long until a feed is polled again that failed `failures` times in a row; never sooner than it asked."""
    grown = min(POLL_FLOOR * 2 ** min(failures - 1, 10), ceiling)
    return _asked(grown, retry_after_seconds, chance)


def next_try(attempts: int, retry_after_seconds: float | None, chance: float) -> timedelta:
    """How long until a telegram is fetched again that was tried `attempts` times."""
    grown = min(FIRST_RETRY * 2 ** min(attempts - 1, 10), RETRY_CEILING)
    return _asked(grown, retry_after_seconds, chance)


def _asked(grown: float, retry_after_seconds: float | None, chance: float) -> timedelta:
    asked = min(retry_after_seconds or 0.0, RETRY_AFTER_CEILING)
    return timedelta(seconds=max(grown * (0.75 + 0.5 * chance), asked))
