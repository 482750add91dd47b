"""What a phone confirms of a push, and what an alert's receipts add up to (issue 6: accepted is not delivered)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Event(StrEnum):
    """What happened on the phone. Whoever opened it has received it."""

    RECEIVED = "received"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One confirmation of one revision."""

    alert_id: str
    revision: int
    event: Event
    at: datetime  # by the phone's clock


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many phones, and when the first and the last of them; no times where there are none."""

    phones: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one revision came: taken by the provider, shown by the phone, opened by somebody."""

    revision: int
    accepted: Confirmed
    received: Confirmed
    opened: Confirmed


def believable(at: datetime, made_at: datetime, now: datetime) -> datetime:
    """The phone's time, between the revision's own and now: a phone's clock may be wrong."""
    return max(made_at, min(at, now))
