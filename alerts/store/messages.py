"""The outbox: every distinct text of a revision, once, with what became of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, tuple_

from alerts.alert import Revision, Urgency
from alerts.chain import is_of_warnings
from alerts.ports import PushResult
from alerts.store.tables import alerts, deliveries, messages, revisions, telegrams
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
    silent: bool
    title: str
    body: str
    created_at: datetime
    digest: str  # the revisions that it tells together: alert/number …
    results: dict[PushResult, int]


@dataclass(frozen=True, slots=True)
class Rung:
    """A text that rang, and the revision that it says."""

    alert_id: str
    revision: int
    message_id: int
    hazard: str


@dataclass(frozen=True, slots=True)
class Manner:
    """In which language a text was said, whether without a sound, and whether together with others."""

    language: str
    silent: bool
    digest: bool


_KEY = [messages.c[name] for name in ("alert_id", "revision", "tier", "language", "silent", "digest")]
_KEPT = select(messages.c.id).where(*(column == bindparam(column.name, type_=column.type) for column in _KEY))


class MessageRepository:
    """The texts of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, message: PhoneMessage, tier: int, now: datetime) -> int:
        """Keeps a text; returns its id, the same one for the same words: revision, tier, language, sound, digest."""
        revision = {"alert_id": message.alert_id, "revision": message.revision}
        key = revision | {"tier": tier, "language": message.language, "silent": message.silent}
        key |= {"digest": " ".join(message.digest)}
        said = {"urgency": message.urgency, "title": message.title, "body": message.body, "created_at": now}
        kept = self._connection.scalar(_KEPT, key)  # by another chunk of the revision, nearly always
        if kept is None:
            insert = insert_into(self._connection, messages).values(key | said)
            added = self._connection.scalar(insert.on_conflict_do_nothing().returning(messages.c.id))
            kept = self._connection.execute(_KEPT, key).scalar_one() if added is None else added
        return int(kept)

    def manner(self, message_id: int) -> Manner | None:
        """How a kept text was said; None if it is no longer kept."""
        chosen = select(messages.c.language, messages.c.silent, messages.c.digest).where(messages.c.id == message_id)
        row = self._connection.execute(chosen).one_or_none()
        return Manner(row.language, row.silent, bool(row.digest)) if row else None

    def rung(self, revision: Revision, urgencies: Collection[Urgency], since: datetime) -> list[Rung]:
        """The texts that ring phones for other alerts of the weather of the poll that brought `revision`.

        A poll is known by when its telegrams were seen. `since`: alerts not pushed after it are passed over.
        """
        own = telegrams.alias("own")
        poll = select(own.c.seen_at).where(own.c.id == revision.telegram_id).scalar_subquery()
        of_revision = (messages.c.alert_id == revisions.c.alert_id) & (messages.c.revision == revisions.c.number)
        chosen = (
            select(messages.c.alert_id, messages.c.revision, messages.c.id, alerts.c.hazard, alerts.c.chain)
            .join(revisions, of_revision)
            .join(alerts, alerts.c.id == revisions.c.alert_id)
            .join(telegrams, telegrams.c.id == revisions.c.telegram_id)
            .where(alerts.c.pushed_at >= since, alerts.c.id != revision.alert_id, telegrams.c.seen_at == poll)
            .where(messages.c.urgency.in_(urgencies), ~messages.c.silent)
        )
        rows = self._connection.execute(chosen).all()
        return [Rung(*row[:4]) for row in rows if is_of_warnings(row.chain)]

    def outbox(self, limit: int, alert_id: str | None = None) -> list[SentMessage]:
        """The newest texts first, of one alert or of all."""
        chosen = select(messages).order_by(messages.c.created_at.desc(), messages.c.id.desc()).limit(limit)
        if alert_id is not None:
            chosen = chosen.where(messages.c.alert_id == alert_id)
        rows = self._connection.execute(chosen).all()
        results = self._results({(row.alert_id, row.revision) for row in rows})
        return [SentMessage(**row._mapping, results=results[row.id]) for row in rows]

    def newest(self, limit: int) -> list[SentMessage]:
        """The newest texts first, with no results: nothing is counted, whatever was sent."""
        chosen = select(messages).order_by(messages.c.created_at.desc(), messages.c.id.desc()).limit(limit)
        return [SentMessage(**row._mapping, results={}) for row in self._connection.execute(chosen)]

    def _results(self, revisions_of: Collection[tuple[str, int]]) -> dict[int, dict[PushResult, int]]:
        """By the key of the deliveries, which they lie by: an index by text would cost each of them three writes."""
        counted = (
            select(deliveries.c.message_id, deliveries.c.result, func.count())
            .where(tuple_(deliveries.c.alert_id, deliveries.c.revision).in_(list(revisions_of)))
            .group_by(deliveries.c.message_id, deliveries.c.result)
        )
        results: dict[int, dict[PushResult, int]] = defaultdict(dict)
        for message_id, result, count in self._connection.execute(counted):
            results[message_id][result] = count
        return results
