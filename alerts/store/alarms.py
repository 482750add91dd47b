"""What an operator must look at. An alarm stays open until its cause is gone, however often it is raised."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, select, update

from alerts.store.alarm import Alarm, OpenKind
from alerts.store.tables import alarms
from alerts.store.upsert import insert_into


class AlarmRepository:
    """The alarms of one world."""

    def __init__(self, connection: Connection, opened: Callable[[Alarm], None]) -> None:
        """`opened` is told of every alarm that was not open before."""
        self._connection = connection
        self._opened = opened

    def raise_(self, key: str, kind: str, text: str, now: datetime) -> None:
        """Opens an alarm, or counts it once more where it is open; one that was cleared begins anew."""
        first = {"kind": kind, "text": text, "raised_at": now, "last_at": now, "times": 1, "cleared_at": None}
        is_open = alarms.c.cleared_at.is_(None)
        again = first | {
            "raised_at": case((is_open, alarms.c.raised_at), else_=now),
            "times": case((is_open, alarms.c.times + 1), else_=1),
        }
        insert = insert_into(self._connection, alarms).values(key=key, **first)
        raised = insert.on_conflict_do_update(index_elements=["key"], set_=again).returning(alarms)
        alarm = Alarm(**self._connection.execute(raised).one()._mapping)
        if alarm.times == 1:
            self._opened(alarm)

    def open_since(self, key: str) -> datetime | None:
        """Since when an alarm is open; None if it is not."""
        chosen = select(alarms.c.raised_at).where(alarms.c.key == key, alarms.c.cleared_at.is_(None))
        since: datetime | None = self._connection.scalar(chosen)
        return since

    def open_one(self, key: str) -> Alarm | None:
        """The alarm of that key, if it is open."""
        chosen = select(alarms).where(alarms.c.key == key, alarms.c.cleared_at.is_(None))
        row = self._connection.execute(chosen).one_or_none()
        return Alarm(**row._mapping) if row else None

    def clear(self, key: str, now: datetime) -> bool:
        """Closes an alarm whose cause is gone; False if it was not open."""
        return self._connection.execute(_CLEAR, {"alarm": key, "now": now}).rowcount == 1

    def close_older(self, kind: str, before: datetime, now: datetime) -> None:
        """Closes the alarms of a kind that were raised last before that time."""
        chosen = update(alarms).where(alarms.c.kind == kind, alarms.c.last_at < before, alarms.c.cleared_at.is_(None))
        self._connection.execute(chosen.values(cleared_at=now))

    def open(self, limit: int | None = None) -> list[Alarm]:
        """The open alarms, the newest first; at most `limit`."""
        chosen = select(alarms).where(alarms.c.cleared_at.is_(None)).order_by(alarms.c.last_at.desc(), alarms.c.key)
        return [Alarm(**row._mapping) for row in self._connection.execute(chosen.limit(limit))]

    def open_kinds(self) -> list[OpenKind]:
        """The open alarms counted by kind, in alphabetical order."""
        counted = select(
            alarms.c.kind,
            func.count().label("count"),
            func.min(alarms.c.raised_at).label("since"),
            func.max(alarms.c.last_at).label("last_at"),
        )
        rows = self._connection.execute(
            counted.where(alarms.c.cleared_at.is_(None)).group_by(alarms.c.kind).order_by(alarms.c.kind)
        )
        return [OpenKind(**row._mapping) for row in rows]


_CLEAR = (  # built once: asked twice for every chunk
    update(alarms)
    .where(alarms.c.key == bindparam("alarm"), alarms.c.cleared_at.is_(None))
    .values(cleared_at=bindparam("now", type_=alarms.c.cleared_at.type))
)
