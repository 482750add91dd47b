"""What was reported of places of refuge: every report is kept, the newest of a facility holds (issue 7.1)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from alerts.shelter.opening import Opening
from alerts.store.rows import columns_of, values_of
from alerts.store.tables import openings
from alerts.store.upsert import add_once


@dataclass(frozen=True, slots=True)
class KeptReport:
    """One report: when it came, and what it left. What was before is the report before."""

    at: datetime
    opening: Opening


class OpeningRepository:
    """The reports of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, opening: Opening, at: datetime) -> bool:
        """Appends a version; False if another reporter has made this version meanwhile."""
        return add_once(self._connection, openings, values_of(opening) | {"at": at})

    def all(self) -> dict[str, Opening]:
        """What holds now, by facility."""
        newest = select(openings.c.facility, func.max(openings.c.version).label("version"))
        last = newest.group_by(openings.c.facility).subquery("last")
        both = (openings.c.facility == last.c.facility) & (openings.c.version == last.c.version)
        chosen = select(*columns_of(openings, Opening)).join(last, both).order_by(openings.c.facility)
        found = (Opening(**row._mapping) for row in self._connection.execute(chosen))
        return {opening.facility: opening for opening in found}

    def history(self, facility: str) -> list[KeptReport]:
        """Every report of a facility, first to last."""
        chosen = select(openings.c.at, *columns_of(openings, Opening)).where(openings.c.facility == facility)
        rows = [dict(row._mapping) for row in self._connection.execute(chosen.order_by(openings.c.version))]
        return [KeptReport(row.pop("at"), Opening(**row)) for row in rows]
