"""How long guessing must wait. It slows who guesses down, and never shuts the door (issue 8.10).

Failures are counted by who tries, not only by whose name is tried: a browser that this officer has logged in from has a
count of its own, so that a stranger who tries his name all night keeps strangers waiting, and not him.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

FREE = 5  # attempts without a wait: fingers slip at three in the morning
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
_BINS = 1024
_MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Failures:
    """What was tried in vain in a row."""

    count: int
    last_at: datetime

    def free_at(self) -> datetime:
        """When the next attempt is looked at."""
        if self.count < FREE:
            return self.last_at
        doubled: int = 2 ** min(self.count - FREE, _MOST_DOUBLINGS)
        return self.last_at + min(LONGEST_WAIT, FIRST_WAIT * doubled)


def one_more(before: Failures | None, now: datetime) -> Failures:
    """The count with one more attempt; what is long ago is forgotten."""
    if before is None or now - before.last_at >= FORGOTTEN_AFTER:
        return Failures(1, now)
    return Failures(before.count + 1, now)


def must_wait(before: Failures | None, now: datetime) -> datetime | None:
    """Until when; None if the attempt is looked at."""
    if before is None or before.count < FREE or now >= before.free_at():
        return None
    return before.free_at()


def counted_by(login: str, officer_id: str | None, browser_hash: str | None) -> str:
    """Where an attempt is counted. Names that nobody has share a few bins: invented ones cannot fill the database."""
    if officer_id is None:
        return f"unknown:{int.from_bytes(sha256(login.encode()).digest()[:4], 'big') % _BINS}"
    return f"browser:{browser_hash}" if browser_hash else f"officer:{officer_id}"
