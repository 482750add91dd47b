"""Whether the push provider takes anything at all: asked of the rows, whoever sends (R21)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from alerts.ports import PushResult
from alerts.store.states import ChunkState
from alerts.store.tables import chunks, deliveries

_NOT_NOW = (PushResult.RETRIES_EXHAUSTED, PushResult.THROTTLED)


@dataclass(frozen=True, slots=True)
class Untaken:
    """Chunks that somebody is trying to tell, or has tried to, and cannot."""

    chunks: int
    alerts: int
    since: datetime
    error: str | None  # what the provider, or the network, said last of one phone


@dataclass(frozen=True, slots=True)
class Refused:
    """Phones of one revision that the provider refused for good, of those that it answered for."""

    phones: int
    answered: int
    error: str | None  # what was said of one of them


class ReachRepository:
    """What the provider takes in one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def untaken(self, now: datetime, begun_before: datetime) -> Untaken | None:
        """Chunks tried and open since before that time, if nobody at all of their revisions was taken since then."""
        tried = and_(
            chunks.c.attempts > 0,
            chunks.c.created_at <= begun_before,
            or_(
                chunks.c.state == ChunkState.DUE,
                and_(chunks.c.state == ChunkState.CLAIMED, chunks.c.lease_until > now),
            ),
        )
        if self._has_taken(tried, begun_before):
            return None
        since = func.min(chunks.c.created_at, type_=chunks.c.created_at.type)
        counted = select(func.count(), func.count(chunks.c.alert_id.distinct()), since).where(tried)
        number, alerts, oldest = self._connection.execute(counted).one()
        return Untaken(number, alerts, oldest, self._error(tried)) if number else None

    def took_since(self, moment: datetime) -> bool:
        """Whether a phone was taken since then, by chunks that ended since then or are open."""
        lately = or_(chunks.c.closed_at >= moment, chunks.c.state.in_((ChunkState.DUE, ChunkState.CLAIMED)))
        return self._has_taken(lately, moment)

    def refused(self, alert_id: str, revision: int, results: Collection[PushResult]) -> Refused:
        """How many phones of a revision have one of these results, so far."""
        of_it = deliveries.c.alert_id == alert_id, deliveries.c.revision == revision
        is_refused = deliveries.c.result.in_(results)
        answered = func.count().filter(deliveries.c.result != PushResult.SENDING)
        asked = select(func.count().filter(is_refused), answered, func.max(deliveries.c.error).filter(is_refused))
        return Refused(*self._connection.execute(asked.where(*of_it)).one())

    def _has_taken(self, which: ColumnElement[bool], since: datetime) -> bool:
        revisions = select(chunks.c.alert_id, chunks.c.revision).where(which).distinct().subquery()
        taken = exists().where(
            deliveries.c.alert_id == revisions.c.alert_id,
            deliveries.c.revision == revisions.c.revision,
            deliveries.c.result == PushResult.ACCEPTED,
            deliveries.c.at >= since,
        )
        return self._connection.execute(select(revisions.c.alert_id).where(taken).limit(1)).first() is not None

    def _error(self, tried: ColumnElement[bool]) -> str | None:
        of_chunk = and_(deliveries.c.alert_id == chunks.c.alert_id, deliveries.c.revision == chunks.c.revision)
        said = select(deliveries.c.error).join(chunks, of_chunk).where(tried, deliveries.c.result.in_(_NOT_NOW))
        error: str | None = self._connection.scalar(said.limit(1))
        return error
