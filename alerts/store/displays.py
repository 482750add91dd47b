"""What the app shows beside alerts: of each chain of telegrams the newest, in whatever order they came."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select

from alerts.store.rows import values_of
from alerts.store.tables import displays
from alerts.store.upsert import insert_into
from alerts.telegram.display.content import DisplayKind


@dataclass(frozen=True, slots=True)
class DisplayRecord:
    """One telegram as the app shows it; `content` is None where it left nothing to show."""

    key: str
    kind: DisplayKind
    type: str
    title: str
    headline: str | None
    issued_at: datetime
    valid_until: datetime
    telegram_id: str
    content: Mapping[str, Any] | None


class DisplayRepository:
    """The displays of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, record: DisplayRecord) -> bool:
        """Keeps the record unless its chain has a newer one; False if so, and then nothing is changed.

        Ordered by Control/DateTime, telegrams of one instant by id, as the situation is: one statement, so that two
        workers at once end in the same state. What is withdrawn keeps its row, or an older one would bring it back.
        """
        values = values_of(record)
        insert = insert_into(self._connection, displays).values(values)
        same_instant = and_(displays.c.issued_at == record.issued_at, displays.c.telegram_id < record.telegram_id)
        older = or_(displays.c.issued_at < record.issued_at, same_instant)
        upsert = insert.on_conflict_do_update(index_elements=["key"], set_=values, where=older)
        return self._connection.execute(upsert.returning(displays.c.key)).first() is not None

    def shown(self, now: datetime) -> list[DisplayRecord]:
        """What has something to show and is not over, newest first."""
        chosen = select(displays).where(displays.c.valid_until > now, displays.c.content.is_not(None))
        newest = chosen.order_by(displays.c.issued_at.desc(), displays.c.key)
        return [DisplayRecord(**row._mapping) for row in self._connection.execute(newest)]

    def over(self, now: datetime, issued_before: datetime, limit: int) -> list[str]:
        """Keys of what is over and was issued before a time, the longest over first."""
        chosen = select(displays.c.key).where(displays.c.valid_until <= now, displays.c.issued_at < issued_before)
        return list(self._connection.scalars(chosen.order_by(displays.c.valid_until, displays.c.key).limit(limit)))

    def remove(self, keys: Collection[str], issued_before: datetime) -> None:
        """Drops these rows, but for one that got a newer telegram meanwhile."""
        chosen = delete(displays).where(displays.c.key.in_(keys), displays.c.issued_at < issued_before)
        self._connection.execute(chosen)
