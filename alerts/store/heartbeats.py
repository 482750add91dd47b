"""When each running part last said that it lives (R10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from alerts.store.tables import heartbeats
from alerts.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last sign of life of a part, with whatever it said of itself."""

    part: str
    at: datetime
    detail: dict[str, Any]


class HeartbeatRepository:
    """The signs of life in one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beat(self, part: str, now: datetime, detail: Mapping[str, Any] | None = None) -> None:
        """Says that `part` lives; `detail` must be plain JSON."""
        values = {"part": part, "at": now, "detail": dict(detail or {})}
        insert = insert_into(self._connection, heartbeats).values(values)
        self._connection.execute(insert.on_conflict_do_update(index_elements=["part"], set_=values))

    def all(self) -> list[Heartbeat]:
        """The last beat of every part that ever beat, by name."""
        rows = self._connection.execute(select(heartbeats).order_by(heartbeats.c.part))
        return [Heartbeat(**row._mapping) for row in rows]
