"""One revision for one subscriber, as the store keeps it."""

from dataclasses import dataclass
from datetime import datetime

from alerts.channel.letter import Outcome
from alerts.channel.subscriber import Channel
from alerts.store.states import ChunkState


@dataclass(frozen=True, slots=True)
class NewDispatch:
    """A revision that a subscriber is to be told."""

    alert_id: str
    revision: int
    subscriber: str
    channel: Channel
    seq: int
    story: str
    priority: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How it stands; `outcome` is None while it is open."""

    id: int
    alert_id: str
    revision: int
    subscriber: str
    channel: Channel
    seq: int
    story: str
    state: ChunkState
    due_at: datetime
    expires_at: datetime
    claimed_by: str | None
    attempts: int
    doubtful: bool
    outcome: Outcome | None
    detail: str | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """What earlier revisions of an alert came to with one subscriber, when a later one is judged."""

    told: bool  # something reached it, or may have
    owed: bool  # something was taken back unsent
    under_way: bool  # something is being sent to it now
