"""What comes into `receive`, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from alerts.alert import Revision
from alerts.telegram.reading import Reading


@dataclass(frozen=True, slots=True)
class Incoming:
    """One telegram as it was fetched.

    `baseline` marks what was in the feeds before this service first ran: it makes the situation, and nobody is told
    (jma.md §1.5). `speed` is how many story seconds pass in one: 1 but in drills, whose windows shrink with it.
    """

    id: str  # the feed's entry id; unique for ever
    file: str  # file name, holds the telegram type
    raw: bytes
    seen_at: datetime
    baseline: bool = False
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class Received:
    """What one telegram did. `revisions` is empty where nothing changed."""

    id: str
    reading: Reading
    applied: str  # applied, stale, duplicate, none
    revisions: tuple[Revision, ...] = ()
