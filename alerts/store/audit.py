"""The chain of one world's audit; it can be added to and read, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from alerts.audit import BEGINNING, Entry, Head, State, hash_of
from alerts.store.rows import values_of
from alerts.store.tables import audit, audit_head
from alerts.store.upsert import add_once

_ROW = 1
_STEP = 500


class AuditRepository:
    """Entries of one world."""

    def __init__(self, connection: Connection, world: str) -> None:
        self._connection = connection
        self._world = world

    def append(  # noqa: PLR0917 - one line of the book, in its order
        self, officer_id: str | None, who: str, action: str, before: State | None, after: State | None, at: datetime
    ) -> Entry:
        """Adds an entry at the end. Writers take turns at the head's row, until their transactions end."""
        last = self._locked_head()
        entry = Entry(last.number + 1, at, self._world, officer_id, who, action, before, after, last.hash)
        sealed = replace(entry, hash=hash_of(entry))
        self._connection.execute(audit.insert().values(values_of(sealed)))
        self._connection.execute(update(audit_head).values(values_of(sealed.head)))
        return sealed

    def head(self) -> Head:
        """The head that is kept beside the chain."""
        row = self._connection.execute(select(audit_head.c.number, audit_head.c.hash)).one_or_none()
        return Head(*row) if row else BEGINNING

    def newest(self, limit: int, before: int | None = None) -> list[Entry]:
        """The last entries, the newest first; `before` goes on from a number."""
        chosen = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if before is not None:
            chosen = chosen.where(audit.c.number < before)
        return [Entry(**row._mapping) for row in self._connection.execute(chosen)]

    def all(self) -> Iterator[Entry]:
        """The whole chain from its beginning, some hundreds at a time."""
        last: int | None = None
        while True:
            chosen = select(audit).order_by(audit.c.number).limit(_STEP)
            rows = self._connection.execute(chosen if last is None else chosen.where(audit.c.number > last)).all()
            yield from (Entry(**row._mapping) for row in rows)
            if len(rows) < _STEP:
                return
            last = rows[-1].number

    def last_acts(self) -> dict[str, datetime]:
        """When each officer acted last in this world."""
        chosen = select(audit.c.officer_id, func.max(audit.c.at)).group_by(audit.c.officer_id)
        return {officer: at for officer, at in self._connection.execute(chosen) if officer is not None}

    def _locked_head(self) -> Head:
        add_once(self._connection, audit_head, {"id": _ROW} | values_of(BEGINNING))
        locked = select(audit_head.c.number, audit_head.c.hash).with_for_update()
        return Head(*self._connection.execute(locked).one())
