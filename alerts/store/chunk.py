"""A delivery chunk: which devices are to be told what, and who is telling them (design.md §2.5)."""

from dataclasses import dataclass
from datetime import datetime

from alerts.alert import Urgency
from alerts.store.states import ChunkState


@dataclass(frozen=True, slots=True)
class NewChunk:
    """A range of device numbers, both ends inclusive, to be told one tier of one revision."""

    alert_id: str
    revision: int
    tier: int
    device_from: int
    device_to: int
    urgency: Urgency
    priority: int  # smaller is told first
    due_at: datetime
    story: str  # chain and hazard: an end and the alert that follows it are told in order too
    digest_of: datetime | None = None  # the end of the hour whose digest it tells; None: the revision itself


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk as it stands."""

    id: int
    alert_id: str
    revision: int
    tier: int
    device_from: int
    device_to: int
    urgency: Urgency
    priority: int
    state: ChunkState
    due_at: datetime
    claimed_by: str | None
    lease_until: datetime | None
    attempts: int
    created_at: datetime
    digest_of: datetime | None = None
