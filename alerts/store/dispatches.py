"""The chunks of the second channel: one row a revision and subscriber, claimed with a lease, tried in order (R15, R29).

due → claimed → done, with an outcome. A claim whose lease ended may be claimed again; what it sent is then in doubt.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, exists, insert, or_, select, update

from alerts.channel.letter import Outcome
from alerts.channel.subscriber import Channel
from alerts.store.dispatch import Dispatch, NewDispatch
from alerts.store.rows import columns_of, values_of
from alerts.store.states import OPEN_CHUNKS, ChunkState
from alerts.store.tables import dispatches, subscribers


class DispatchRepository:
    """The dispatches of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_all(self, new: Sequence[NewDispatch], now: datetime) -> None:
        """Makes them due. Raises `IntegrityError` if a subscriber is to be told a revision twice (R15)."""
        fresh = {"state": ChunkState.DUE, "due_at": now, "created_at": now, "attempts": 0, "doubtful": False}
        if new:
            self._connection.execute(insert(dispatches), [values_of(one) | fresh for one in new])

    def due(self, channel: Channel, now: datetime, limit: int, *, patient: bool) -> list[int]:
        """What may be claimed now, what is told first at the head; `patient`: also for those who failed lately.

        Those come last: one that hangs keeps no other waiting.
        """
        ready = select(dispatches.c.id).join(subscribers, subscribers.c.id == dispatches.c.subscriber, isouter=True)
        failing = subscribers.c.failing_since.is_not(None)
        ready = ready.where(dispatches.c.channel == channel, _claimable(now))
        if not patient:
            ready = ready.where(~failing)
        order = case((failing, 1), else_=0), dispatches.c.priority, dispatches.c.due_at, dispatches.c.id
        return list(self._connection.scalars(ready.order_by(*order).limit(limit)))

    def claim(self, dispatch_id: int, worker: str, now: datetime, lease: timedelta) -> Dispatch | None:
        """Takes it until `now + lease`; None if it is not due, is somebody else's, or must wait its turn.

        It waits while an earlier one of its story is open for its subscriber, and while that one is being sent another.
        """
        was_left = dispatches.c.state == ChunkState.CLAIMED
        mine = {"claimed_by": worker, "lease_until": now + lease, "attempts": dispatches.c.attempts + 1}
        claimed = update(dispatches).where(dispatches.c.id == dispatch_id, _claimable(now))
        taken = claimed.values(state=ChunkState.CLAIMED, doubtful=or_(dispatches.c.doubtful, was_left), **mine)
        row = self._connection.execute(taken.returning(*columns_of(dispatches, Dispatch))).one_or_none()
        return Dispatch(**row._mapping) if row else None

    def renew(self, ids: Collection[int], worker: str, now: datetime, lease: timedelta) -> None:
        """Keeps claims until `now + lease`."""
        held = update(dispatches).where(dispatches.c.id.in_(ids), *_held(worker))
        self._connection.execute(held.values(lease_until=now + lease))

    def close(self, one: Dispatch, worker: str, outcome: Outcome, detail: str, now: datetime) -> bool:
        """Ends it; False if it is no longer this worker's. That it was accepted is true whoever has it now."""
        whose = and_(*_held(worker))
        if outcome is Outcome.ACCEPTED:
            whose = or_(dispatches.c.state.in_(OPEN_CHUNKS), dispatches.c.outcome != Outcome.ACCEPTED)
        ended = {"state": ChunkState.DONE, "outcome": outcome, "detail": detail, "closed_at": now, "lease_until": None}
        chosen = update(dispatches).where(dispatches.c.id == one.id, whose)
        return self._connection.execute(chosen.values(ended)).rowcount == 1

    def release(self, one: Dispatch, worker: str, due_at: datetime, detail: str, *, doubtful: bool) -> None:
        """Gives it back, to be tried from `due_at` on; or ends it, where a newer one of its story waits behind it."""
        given_back = {"state": ChunkState.DUE, "due_at": due_at, "detail": detail, "doubtful": doubtful}
        given_back |= {"claimed_by": None, "lease_until": None}
        chosen = update(dispatches).where(dispatches.c.id == one.id, *_held(worker))
        self._connection.execute(chosen.values(given_back))

    def supersede(self, story: str, below_seq: int, now: datetime) -> None:
        """Ends what of a story nobody is sending now: what comes next says it better. What is in doubt stays so."""
        idle = update(dispatches).where(dispatches.c.story == story, dispatches.c.seq < below_seq, _idle(now))
        was_left = dispatches.c.state == ChunkState.CLAIMED
        outcome = case((or_(dispatches.c.doubtful, was_left), Outcome.IN_DOUBT), else_=Outcome.SUPERSEDED)
        ended = {"state": ChunkState.DONE, "closed_at": now, "lease_until": None, "outcome": outcome}
        self._connection.execute(idle.values(ended))

    def has_newer(self, one: Dispatch) -> bool:
        """Whether something newer of its story waits for the same subscriber."""
        newer = exists().where(
            dispatches.c.subscriber == one.subscriber,
            dispatches.c.story == one.story,
            dispatches.c.seq > one.seq,
            dispatches.c.state.in_(OPEN_CHUNKS),
        )
        return bool(self._connection.scalar(select(newer)))

    def has_late(self, now: datetime) -> bool:
        """Whether something open is too late."""
        late = exists().where(dispatches.c.expires_at <= now, _idle(now))
        return bool(self._connection.scalar(select(late)))

    def expire(self, now: datetime) -> None:
        """Ends what is too late (R22): untried as expired, tried in vain as such, in doubt as that."""
        was_left = dispatches.c.state == ChunkState.CLAIMED
        outcome = case(
            (or_(dispatches.c.doubtful, was_left), Outcome.IN_DOUBT),
            (dispatches.c.attempts > 0, Outcome.RETRIES_EXHAUSTED),
            else_=Outcome.EXPIRED,
        )
        late = update(dispatches).where(dispatches.c.expires_at <= now, _idle(now))
        ended = {"state": ChunkState.DONE, "closed_at": now, "lease_until": None, "outcome": outcome}
        self._connection.execute(late.values(ended))

    def end_for(self, subscriber_id: str, now: datetime) -> None:
        """Ends what is open for somebody who is told no more."""
        chosen = update(dispatches).where(dispatches.c.subscriber == subscriber_id, _idle(now))
        outcome = case((dispatches.c.doubtful, Outcome.IN_DOUBT), else_=Outcome.REMOVED)
        self._connection.execute(chosen.values(state=ChunkState.DONE, closed_at=now, outcome=outcome))


_before = dispatches.alias("before")
_NOTHING_EARLIER_IS_OPEN = ~exists().where(
    _before.c.subscriber == dispatches.c.subscriber,
    _before.c.story == dispatches.c.story,
    _before.c.seq < dispatches.c.seq,
    _before.c.state.in_(OPEN_CHUNKS),
)


def _claimable(now: datetime) -> ColumnElement[bool]:
    """Idle and due, not too late, its turn, and nothing else is under way to its subscriber."""
    beside = dispatches.alias("beside")
    busy = exists().where(
        beside.c.subscriber == dispatches.c.subscriber,
        beside.c.id != dispatches.c.id,
        beside.c.state == ChunkState.CLAIMED,
        beside.c.lease_until > now,
    )
    ready = or_(dispatches.c.state != ChunkState.DUE, dispatches.c.due_at <= now)
    return and_(_idle(now), ready, dispatches.c.expires_at > now, _NOTHING_EARLIER_IS_OPEN, ~busy)


def _idle(now: datetime) -> ColumnElement[bool]:
    left = and_(dispatches.c.state == ChunkState.CLAIMED, dispatches.c.lease_until <= now)
    return or_(dispatches.c.state == ChunkState.DUE, left)


def _held(worker: str) -> tuple[ColumnElement[bool], ...]:
    return dispatches.c.state == ChunkState.CLAIMED, dispatches.c.claimed_by == worker
