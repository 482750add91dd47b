"""The way of each revision, and what its deliveries and receipts add up to."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, select, tuple_

from alerts.ports import PushResult
from alerts.proof.figures import rank_of
from alerts.proof.journey import Journey, Sums
from alerts.receipt import Event
from alerts.store.rows import columns_of, values_of
from alerts.store.states import OPEN_CHUNKS
from alerts.store.tables import alerts, chunks, deliveries, proofs, receipts, revisions, telegrams
from alerts.store.upsert import insert_into

_SUMS = columns_of(proofs, Sums)
_RENAMED = {
    "revision": revisions.c.number,
    "source": alerts.c.source,
    "telegram_type": telegrams.c.type,
    "published_at": revisions.c.issued_at,
    "seen_at": telegrams.c.seen_at,
    "decided_at": revisions.c.created_at,
}
_OWN = ("alert_id", "hazard", "name", "level", "rank", "change", "urgency", "pushed", "reason", "telegram_id")


class ProofRepository:
    """The proofs of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, now: datetime, since: datetime, limit: int) -> list[tuple[str, int, datetime]]:
        """Revisions to be added up: those made since then that are told and never were, then those due again.

        Key and time of each. Both halves stand on an index, whatever was sent.
        """
        kept = exists().where(proofs.c.alert_id == revisions.c.alert_id, proofs.c.revision == revisions.c.number)
        still = exists().where(
            chunks.c.alert_id == revisions.c.alert_id,
            chunks.c.revision == revisions.c.number,
            chunks.c.state.in_(OPEN_CHUNKS),
        )
        key = select(revisions.c.alert_id, revisions.c.number, revisions.c.created_at)
        new = key.where(revisions.c.created_at >= since, ~kept, ~still).order_by(revisions.c.created_at).limit(limit)
        found = list(self._connection.execute(new))
        again = key.join(proofs, _same(proofs)).where(proofs.c.due_at <= now).order_by(proofs.c.due_at)
        found += self._connection.execute(again.limit(limit - len(found))) if len(found) < limit else ()
        return [(row.alert_id, row.number, row.created_at) for row in found]

    def add_up(self, alert_id: str, revision: int, now: datetime) -> Sums:
        """Reads every delivery and receipt of a revision; they lie together in the order of their keys."""
        results, first, last = self._delivered(alert_id, revision)
        received = self._at(alert_id, revision)
        count = self._connection.scalar(received.with_only_columns(func.count()).order_by(None)) or 0
        ranks = (0, rank_of(0.5, count), rank_of(0.99, count)) if count else ()
        times = [self._connection.scalar(received.offset(rank).limit(1)) for rank in ranks] or [None] * 3
        return Sums(first, last, results, count, times[0], times[1], times[2], now)

    def save(self, alert_id: str, revision: int, sums: Sums, due_at: datetime | None) -> None:
        """Keeps what was added up, in place of what was there."""
        values = values_of(sums) | {"results": dict(sums.results), "due_at": due_at}
        insert = insert_into(self._connection, proofs).values(alert_id=alert_id, revision=revision, **values)
        self._connection.execute(insert.on_conflict_do_update(index_elements=["alert_id", "revision"], set_=values))

    def journeys(self, since: datetime, until: datetime) -> list[Journey]:
        """What was decided from then on and before then, newest first."""
        chosen = _JOURNEYS.where(revisions.c.created_at >= since, revisions.c.created_at < until)
        newest = chosen.order_by(revisions.c.created_at.desc(), revisions.c.alert_id, revisions.c.number.desc())
        return [_journey(row) for row in self._connection.execute(newest)]

    def journey(self, alert_id: str, revision: int) -> Journey | None:
        """One revision's."""
        chosen = _JOURNEYS.where(revisions.c.alert_id == alert_id, revisions.c.number == revision)
        row = self._connection.execute(chosen).one_or_none()
        return _journey(row) if row else None

    def results(self, keys: Collection[tuple[str, int]]) -> dict[tuple[str, int], dict[str, int]]:
        """Devices by result of those revisions that were added up."""
        chosen = select(proofs.c.alert_id, proofs.c.revision, proofs.c.results)
        chosen = chosen.where(tuple_(proofs.c.alert_id, proofs.c.revision).in_(list(keys)))
        return {(alert_id, revision): results for alert_id, revision, results in self._connection.execute(chosen)}

    def _delivered(self, alert_id: str, revision: int) -> tuple[dict[str, int], datetime | None, datetime | None]:
        first, last = (of(deliveries.c.at, type_=deliveries.c.at.type) for of in (func.min, func.max))
        counted = select(deliveries.c.result, func.count(), first, last).where(
            deliveries.c.alert_id == alert_id, deliveries.c.revision == revision
        )
        rows = {row[0]: row for row in self._connection.execute(counted.group_by(deliveries.c.result))}
        accepted = rows.get(PushResult.ACCEPTED)
        span = (accepted[2], accepted[3]) if accepted else (None, None)
        return {str(result): row[1] for result, row in rows.items()}, *span

    def _at(self, alert_id: str, revision: int) -> Select[Any]:
        """When phones confirmed, the first at the head."""
        of_revision = receipts.c.alert_id == alert_id, receipts.c.revision == revision
        chosen = select(receipts.c.at).where(*of_revision, receipts.c.event == Event.RECEIVED)
        return chosen.order_by(receipts.c.at)


def _same(table: Any) -> Any:  # noqa: ANN401
    return (table.c.alert_id == revisions.c.alert_id) & (table.c.revision == revisions.c.number)


_JOURNEYS = (
    select(
        *(revisions.c[name] for name in _OWN),
        *(column.label(name) for name, column in _RENAMED.items()),
        *_SUMS,
    )
    .join(alerts, alerts.c.id == revisions.c.alert_id)
    .outerjoin(telegrams, telegrams.c.id == revisions.c.telegram_id)
    .outerjoin(proofs, _same(proofs))
)


def _journey(row: Row[Any]) -> Journey:
    values = row._mapping
    own = {name: values[name] for name in (*_OWN, *_RENAMED)}
    sums = Sums(**{column.name: values[column.name] for column in _SUMS}) if values["summed_at"] else None
    return Journey(**own, sums=sums)
