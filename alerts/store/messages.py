"""The outbox: every distinct text of a revision, once, with what became of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from alerts.alert import Urgency
from alerts.ports import PushResult
from alerts.store.tables import deliveries, messages
from alerts.store.upsert import insert_into
from alerts.wording.message import PhoneMessage


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A text of the outbox, and how many devices it reached with which result."""

    id: int
    alert_id: str
    revision: int
    tier: int
    language: str
    urgency: Urgency
    title: str
    body: str
    created_at: datetime
    results: dict[PushResult, int]


class MessageRepository:
    """The texts of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, message: PhoneMessage, tier: int, now: datetime) -> int:
        """Keeps a text; returns its id, the same one for the same revision, tier and language."""
        key = {"alert_id": message.alert_id, "revision": message.revision, "tier": tier, "language": message.language}
        said = {"urgency": message.urgency, "title": message.title, "body": message.body, "created_at": now}
        insert = insert_into(self._connection, messages).values(key | said)
        added = self._connection.scalar(insert.on_conflict_do_nothing().returning(messages.c.id))
        if added is not None:
            return int(added)
        kept = select(messages.c.id).where(*(messages.c[name] == value for name, value in key.items()))
        return int(self._connection.execute(kept).scalar_one())

    def language(self, message_id: int) -> str | None:
        """The language that a kept text was written in; None if it is no longer kept."""
        return self._connection.scalar(select(messages.c.language).where(messages.c.id == message_id))

    def outbox(self, limit: int, alert_id: str | None = None) -> list[SentMessage]:
        """The newest texts first, of one alert or of all."""
        chosen = select(messages).order_by(messages.c.created_at.desc(), messages.c.id.desc()).limit(limit)
        if alert_id is not None:
            chosen = chosen.where(messages.c.alert_id == alert_id)
        rows = self._connection.execute(chosen).all()
        results = self._results([row.id for row in rows])
        return [SentMessage(**row._mapping, results=results[row.id]) for row in rows]

    def _results(self, ids: list[int]) -> dict[int, dict[PushResult, int]]:
        counted = (
            select(deliveries.c.message_id, deliveries.c.result, func.count())
            .where(deliveries.c.message_id.in_(ids))
            .group_by(deliveries.c.message_id, deliveries.c.result)
        )
        results: dict[int, dict[PushResult, int]] = defaultdict(dict)
        for message_id, result, count in self._connection.execute(counted):
            results[message_id][result] = count
        return results
