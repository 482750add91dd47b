"""What an operator must look at. An alarm stays open until its cause is gone, however often it is raised."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, select, update

from alerts.store.tables import alarms
from alerts.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Alarm:
    """One cause; `times` counts how often it was raised since it was last clear."""

    key: str
    kind: str
    text: str
    raised_at: datetime
    last_at: datetime
    times: int
    cleared_at: datetime | None


class AlarmRepository:
    """The alarms of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def raise_(self, key: str, kind: str, text: str, now: datetime) -> None:
        """Opens an alarm, or counts it once more where it is open; one that was cleared begins anew."""
        first = {"kind": kind, "text": text, "raised_at": now, "last_at": now, "times": 1, "cleared_at": None}
        is_open = alarms.c.cleared_at.is_(None)
        again = first | {
            "raised_at": case((is_open, alarms.c.raised_at), else_=now),
            "times": case((is_open, alarms.c.times + 1), else_=1),
        }
        insert = insert_into(self._connection, alarms).values(key=key, **first)
        self._connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_=again))

    def clear(self, key: str, now: datetime) -> bool:
        """Closes an alarm whose cause is gone; False if it was not open."""
        chosen = update(alarms).where(alarms.c.key == key, alarms.c.cleared_at.is_(None))
        return self._connection.execute(chosen.values(cleared_at=now)).rowcount == 1

    def open(self) -> list[Alarm]:
        """The open alarms, the oldest first."""
        chosen = select(alarms).where(alarms.c.cleared_at.is_(None)).order_by(alarms.c.raised_at, alarms.c.key)
        return [Alarm(**row._mapping) for row in self._connection.execute(chosen)]
