"""A number for each snapshot; readers look at it each second, so it is the truth about what is new (design.md §2)."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from alerts.store.tables import versions
from alerts.store.upsert import insert_into


class VersionRepository:
    """The versions of `situation`, `shelters` and whatever else is served from a snapshot."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bump(self, name: str, now: datetime) -> None:
        """Says that the snapshot is out of date."""
        insert = insert_into(self._connection, versions).values(name=name, value=1, changed_at=now)
        grown = {"value": versions.c.value + 1, "changed_at": now}
        self._connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=grown))

    def get(self, name: str) -> int:
        """The version; 0 before the first change."""
        return self._connection.scalar(select(versions.c.value).where(versions.c.name == name)) or 0

    def newest(self) -> datetime | None:
        """When any of them changed last; None before the first change."""
        newest: datetime | None = self._connection.scalar(select(func.max(versions.c.changed_at)))
        return newest

    def all(self) -> dict[str, int]:
        """Every version, by name: one look a second is enough for all snapshots."""
        return dict(self._connection.execute(select(versions.c.name, versions.c.value)).all())
