"""One revision on one device, and which result may follow which (R15, R27)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case

from alerts.ports import PushResult

FIRM = 2
_FIRMNESS = {
    PushResult.SENDING: 0,
    PushResult.THROTTLED: 1,
    PushResult.RETRIES_EXHAUSTED: 1,
    PushResult.ACCEPTED: 3,
}
"""A result gives way only to a firmer one. What the provider could not take now (1) is tried again until the push is
too late. A failure (2, all others) is final but for `accepted`, which says that the phone was reached after all: a
worker whose lease ended may report so when another has given up."""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One revision on one device."""

    alert_id: str
    revision: int
    device: int
    channel: str
    result: PushResult
    message_id: int | None
    chunk_id: int
    attempts: int
    at: datetime
    provider_id: str | None
    error: str | None


def firmness(result: ColumnElement[str]) -> ColumnElement[int]:
    """How firm a stored or given result is: 0 in doubt, `FIRM` final, more where the phone was reached."""
    return case({str(word): place for word, place in _FIRMNESS.items()}, value=result, else_=FIRM)
