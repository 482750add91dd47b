"""One revision's way, from what was published to the phones that confirmed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.alert import Change, Source, Urgency
from alerts.ports import PushResult


class Leg(StrEnum):
    """A part of the way that has a length."""

    SEEN = "seen"  # published → fetched
    DECIDED = "decided"  # fetched → stored, matched and decided: one transaction (design.md §2.5)
    FIRST_SENT = "first_sent"  # fetched → the first push that the provider took
    LAST_SENT = "last_sent"  # fetched → the last
    RECEIVED = "received"  # the first push → half of the phones that confirmed


@dataclass(frozen=True, slots=True)
class Sums:
    """What the deliveries and receipts of one revision add up to. Times of phones are by their own clocks, bounded."""

    first_sent_at: datetime | None  # when it was recorded that the provider took it
    last_sent_at: datetime | None
    results: Mapping[str, int]  # devices by `PushResult`
    received: int  # phones that confirmed
    first_received_at: datetime | None
    median_received_at: datetime | None
    p99_received_at: datetime | None
    summed_at: datetime

    @property
    def accepted(self) -> int:
        """Devices whose push the provider took."""
        return self.results.get(PushResult.ACCEPTED, 0)


@dataclass(frozen=True, slots=True)
class Journey:
    """A revision with its times. `sums` is None while it is being told."""

    alert_id: str
    revision: int
    source: Source
    hazard: str
    name: str
    level: int | None
    rank: int
    change: Change
    urgency: Urgency
    pushed: bool
    reason: str
    telegram_id: str | None  # None: an alert of the office
    telegram_type: str | None
    published_at: datetime  # JMA's Control/DateTime, or the officer's approval
    seen_at: datetime | None
    decided_at: datetime
    sums: Sums | None

    @property
    def known_at(self) -> datetime:
        """From when on this service could act: the arrival of the telegram, or the decision of the office."""
        return self.seen_at or self.decided_at

    def span(self, leg: Leg) -> timedelta | None:
        """How long a leg took; None where an end is missing. Never negative: clocks of others are not ours."""
        first = self.sums.first_sent_at if self.sums else None
        ends = {
            Leg.SEEN: (self.published_at, self.seen_at),
            Leg.DECIDED: (self.seen_at, self.decided_at),
            Leg.FIRST_SENT: (self.known_at, first),
            Leg.LAST_SENT: (self.known_at, self.sums.last_sent_at if self.sums else None),
            Leg.RECEIVED: (first, self.sums.median_received_at if self.sums else None),
        }
        begun, ended = ends[leg]
        return None if begun is None or ended is None else max(ended - begun, timedelta(0))
