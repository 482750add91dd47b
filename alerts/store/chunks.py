"""Delivery chunks: claimed by compare-and-set with a lease, in the order of the revisions (design.md §2.5-7, R29).

due → claimed → done | superseded | expired. A claim whose lease ended may be claimed again, by anybody.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, and_, exists, func, insert, or_, select, update

from alerts.store.chunk import Chunk, NewChunk
from alerts.store.chunk_queries import CLAIM, CLAIMABLE, DUE, FIRST, GET, IDLE, LEAST_URGENT, OPEN_TIERS, RENEW
from alerts.store.rows import columns_of, values_of
from alerts.store.states import OPEN_CHUNKS, ChunkState
from alerts.store.tables import chunks


class ChunkRepository:
    """The chunks of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_all(self, new: Sequence[NewChunk]) -> list[int]:
        """Makes chunks due; returns their ids in the same order."""
        if not new:
            return []
        rows = [values_of(chunk) | _FRESH | {"created_at": chunk.due_at} for chunk in new]
        added = insert(chunks).returning(chunks.c.id, sort_by_parameter_order=True)
        return list(self._connection.scalars(added, rows))

    def get(self, chunk_id: int) -> Chunk | None:
        """One chunk."""
        row = self._connection.execute(GET, {"chunk": chunk_id}).one_or_none()
        return Chunk(**row._mapping) if row else None

    def due(self, now: datetime, limit: int, more_urgent_than: int | None = None) -> list[int]:
        """Ids of the chunks that may be claimed now, what is told first at the head; of some priorities, or of all."""
        bound = LEAST_URGENT if more_urgent_than is None else more_urgent_than
        return list(self._connection.scalars(DUE, {"now": now, "most": limit, "more_urgent_than": bound}))

    def to_nudge(self, now: datetime, nudged_before: datetime, limit: int) -> list[int]:
        """Ids of claimable chunks not nudged since `nudged_before`, now noted as nudged: two sweepers share them.

        One whose worker died is nudged at once, whenever the last nudge was.
        """
        left_since = and_(chunks.c.state == ChunkState.CLAIMED, chunks.c.nudged_at < chunks.c.lease_until)
        silent = or_(chunks.c.nudged_at.is_(None), chunks.c.nudged_at < nudged_before, left_since)
        ready = select(chunks.c.id).where(CLAIMABLE, silent).order_by(*FIRST).limit(limit)
        nudged = update(chunks).where(chunks.c.id.in_(ready), silent).values(nudged_at=now)
        returned = nudged.returning(chunks.c.priority, chunks.c.due_at, chunks.c.id)
        rows = self._connection.execute(returned, {"now": now})
        return [row.id for row in sorted(rows)]

    def claim(self, chunk_id: int, worker: str, now: datetime, lease: timedelta) -> Chunk | None:
        """Takes the chunk until `now + lease`; None if it is not due, is somebody else's, or must wait its turn.

        It waits while an earlier chunk of its story is open for any device of its range: a lower revision of its
        alert, or the end of the alert before (R29).
        """
        mine = {"chunk": chunk_id, "worker": worker, "now": now, "until": now + lease}
        row = self._connection.execute(CLAIM, mine).one_or_none()
        return Chunk(**row._mapping) if row else None

    def renew(self, chunk_ids: Collection[int], worker: str, now: datetime, lease: timedelta) -> bool:
        """Keeps claims until `now + lease`; False if one is no longer this worker's, who must stop sending."""
        held = {"held": list(chunk_ids), "worker": worker, "until": now + lease}
        return self._connection.execute(RENEW, held).rowcount == len(chunk_ids)

    def close(self, chunk_id: int, worker: str, state: str, now: datetime) -> bool:
        """Ends a claim in a final state; False if the chunk is no longer this worker's."""
        final = {"state": _final(state), "closed_at": now, "lease_until": None}
        return self._change(_held(chunk_id, worker).values(final)) == 1

    def release(self, chunk_id: int, worker: str, due_at: datetime) -> bool:
        """Gives a chunk back, to be claimed from `due_at` on; False if it is no longer this worker's."""
        given_back = {"state": ChunkState.DUE, "due_at": due_at} | dict.fromkeys(_OF_A_CLAIM)
        return self._change(_held(chunk_id, worker).values(given_back)) == 1

    def put_down(self, worker: str, now: datetime) -> None:
        """Gives back whatever this worker has claimed: it sends no more, and nobody waits for the end of its leases."""
        mine = update(chunks).where(chunks.c.state == ChunkState.CLAIMED, chunks.c.claimed_by == worker)
        self._change(mine.values({"state": ChunkState.DUE, "due_at": now} | dict.fromkeys(_OF_A_CLAIM)))

    def supersede(self, story: str, now: datetime) -> list[Chunk]:
        """Closes what of a story nobody is telling now: what comes next says it better. Returns what it closed.

        What a worker has claimed goes on, unless its lease ended: then it is closed too, and that worker finds out.
        """
        idle = update(chunks).where(chunks.c.story == story, IDLE)
        closed = idle.values(state=ChunkState.SUPERSEDED, closed_at=now, lease_until=None)
        rows = self._connection.execute(closed.returning(*columns_of(chunks, Chunk)), {"now": now})
        return [Chunk(**row._mapping) for row in rows]

    def is_told(self, alert_id: str, revision: int) -> bool:
        """Whether no chunk of a revision is open any more."""
        still = exists().where(
            chunks.c.alert_id == alert_id, chunks.c.revision == revision, chunks.c.state.in_(OPEN_CHUNKS)
        )
        return not self._connection.scalar(select(still))

    def ranges(self, alert_id: str, revision: int) -> list[tuple[str, int, int]]:
        """The story and the ranges of devices that a revision was told to, each once."""
        told = chunks.c.alert_id == alert_id, chunks.c.revision == revision, chunks.c.digest_of.is_(None)
        chosen = select(chunks.c.story, chunks.c.device_from, chunks.c.device_to).where(*told).distinct()
        return [(row[0], row[1], row[2]) for row in self._connection.execute(chosen.order_by(chunks.c.device_from))]

    def open_tiers(self, chunk: Chunk) -> frozenset[int]:
        """The tiers of the chunk's revision that are still open for its range of devices."""
        there = {"alert": chunk.alert_id, "number": chunk.revision, "first": chunk.device_from}
        return frozenset(self._connection.scalars(OPEN_TIERS, there))

    def counts(self, alert_id: str | None = None) -> dict[ChunkState, int]:
        """How many chunks stand where, of one alert or of all."""
        counted = select(chunks.c.state, func.count()).group_by(chunks.c.state)
        if alert_id is not None:
            counted = counted.where(chunks.c.alert_id == alert_id)
        return dict(self._connection.execute(counted).all())

    def oldest_due(self) -> datetime | None:
        """Since when the chunk waits that waits longest; None if none does."""
        waiting = select(func.min(chunks.c.due_at, type_=chunks.c.due_at.type)).where(chunks.c.state == ChunkState.DUE)
        oldest: datetime | None = self._connection.scalar(waiting)
        return oldest

    def _change(self, statement: Update) -> int:
        return self._connection.execute(statement).rowcount


_OF_A_CLAIM = ("claimed_by", "lease_until", "nudged_at")
_FRESH = {"state": ChunkState.DUE, "attempts": 0}


def _held(chunk_id: int, worker: str) -> Update:
    """A change that only the worker who has the chunk can make."""
    return update(chunks).where(
        chunks.c.id == chunk_id, chunks.c.state == ChunkState.CLAIMED, chunks.c.claimed_by == worker
    )


def _final(state: str) -> ChunkState:
    if state in OPEN_CHUNKS:
        raise ValueError(f"a chunk cannot be closed as {state}: that state is open")
    return ChunkState(state)
