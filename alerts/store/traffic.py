"""What was fetched from JMA, day by day: the ceiling of politeness is kept with it (R23, jma.md §1.4)."""

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from alerts.store.tables import traffic
from alerts.store.upsert import insert_into


class TrafficRepository:
    """Bytes and requests by UTC day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, at: datetime, received: int) -> None:
        """Counts one request and the bytes it brought, whatever came of it."""
        insert = insert_into(self._connection, traffic).values(day=_day(at), bytes=received, requests=1)
        added = {"bytes": traffic.c.bytes + insert.excluded.bytes, "requests": traffic.c.requests + 1}
        self._connection.execute(insert.on_conflict_do_update(index_elements=["day"], set_=added))

    def bytes_on(self, at: datetime) -> int:
        """Bytes received on the UTC day of `at`."""
        return self._connection.scalar(select(traffic.c.bytes).where(traffic.c.day == _day(at))) or 0


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
