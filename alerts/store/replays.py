"""Replays: everything after a cursor, said again to one webhook in its order; the row holds how far it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from alerts.store.rows import columns_of
from alerts.store.states import OPEN_CHUNKS, ChunkState
from alerts.store.tables import replays


@dataclass(frozen=True, slots=True)
class Replay:
    """One replay. `position` is the cursor said last, `until` the last one that it says."""

    id: int
    subscriber: str
    position: int
    until: int
    said: int
    state: ChunkState
    attempts: int  # of what is said next
    detail: str | None
    created_at: datetime
    closed_at: datetime | None


class ReplayRepository:
    """The replays of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, subscriber_id: str, position: int, until: int, now: datetime) -> Replay:
        """Asks for one."""
        values = {"subscriber": subscriber_id, "position": position, "until": until, "due_at": now, "created_at": now}
        fresh = {"state": ChunkState.DUE, "said": 0, "attempts": 0}
        added = insert(replays).values(values | fresh).returning(*columns_of(replays, Replay))
        return Replay(**self._connection.execute(added).one()._mapping)

    def open_of(self, subscriber_id: str) -> Replay | None:
        """The one that is under way for a subscriber."""
        chosen = select(*columns_of(replays, Replay)).where(
            replays.c.subscriber == subscriber_id, replays.c.state.in_(OPEN_CHUNKS)
        )
        row = self._connection.execute(chosen.limit(1)).one_or_none()
        return Replay(**row._mapping) if row else None

    def newest(self, subscriber_id: str, limit: int) -> list[Replay]:
        """A subscriber's replays, the newest first."""
        chosen = select(*columns_of(replays, Replay)).where(replays.c.subscriber == subscriber_id)
        return [
            Replay(**row._mapping)
            for row in self._connection.execute(chosen.order_by(replays.c.id.desc()).limit(limit))
        ]

    def due(self, now: datetime, limit: int) -> Sequence[int]:
        """Those that may go on now."""
        chosen = select(replays.c.id).where(_claimable(now)).order_by(replays.c.due_at, replays.c.id)
        return self._connection.scalars(chosen.limit(limit)).all()

    def claim(self, replay_id: int, worker: str, now: datetime, lease: timedelta) -> Replay | None:
        """Takes it until `now + lease`, to say one thing; None if somebody else did."""
        mine = {"state": ChunkState.CLAIMED, "claimed_by": worker, "lease_until": now + lease}
        claimed = update(replays).where(replays.c.id == replay_id, _claimable(now))
        taken = claimed.values(mine | {"attempts": replays.c.attempts + 1}).returning(*columns_of(replays, Replay))
        row = self._connection.execute(taken).one_or_none()
        return Replay(**row._mapping) if row else None

    def renew(self, ids: Sequence[int], worker: str, now: datetime, lease: timedelta) -> None:
        """Keeps claims until `now + lease`."""
        held = update(replays).where(replays.c.id.in_(ids), *_held(worker))
        self._connection.execute(held.values(lease_until=now + lease))

    def went_on(self, one: Replay, worker: str, position: int, now: datetime, *, said: bool) -> None:
        """Everything up to `position` is said, or does not concern the subscriber."""
        moved = {"position": position, "said": replays.c.said + int(said), "attempts": 0, "detail": None}
        self._give_back(one, worker, moved | {"due_at": now})

    def put_off(self, one: Replay, worker: str, due_at: datetime, detail: str) -> None:
        """The next thing was not taken; it is tried again."""
        self._give_back(one, worker, {"due_at": due_at, "detail": detail})

    def close(self, one: Replay, worker: str, state: ChunkState, now: datetime) -> None:
        """Everything is said, or it is given up."""
        chosen = update(replays).where(replays.c.id == one.id, *_held(worker))
        self._connection.execute(chosen.values(state=state, closed_at=now, lease_until=None))

    def end_for(self, subscriber_id: str, now: datetime) -> None:
        """Gives up what is open for somebody who is told no more."""
        chosen = update(replays).where(replays.c.subscriber == subscriber_id, replays.c.state.in_(OPEN_CHUNKS))
        self._connection.execute(chosen.values(state=ChunkState.EXPIRED, closed_at=now, lease_until=None))

    def _give_back(self, one: Replay, worker: str, values: dict[str, object]) -> None:
        free = {"state": ChunkState.DUE, "claimed_by": None, "lease_until": None}
        self._connection.execute(update(replays).where(replays.c.id == one.id, *_held(worker)).values(values | free))


def _claimable(now: datetime) -> ColumnElement[bool]:
    left = and_(replays.c.state == ChunkState.CLAIMED, replays.c.lease_until <= now)
    return or_(and_(replays.c.state == ChunkState.DUE, replays.c.due_at <= now), left)


def _held(worker: str) -> tuple[ColumnElement[bool], ...]:
    return replays.c.state == ChunkState.CLAIMED, replays.c.claimed_by == worker
