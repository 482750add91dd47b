"""What stands in one database and decides what the next telegram does, put into another one (issue 4, simulate)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select

from alerts.alert import AlertState
from alerts.store.states import OPEN_CHUNKS
from alerts.store.tables import alarms, alerts, chunks, hazard_states, revisions, telegrams, units

Rows = Mapping[str, Sequence[dict[str, Any]]]  # by table, in the order in which they can be put in

_TABLES = {table.name: table for table in (units, hazard_states, alarms, telegrams, alerts, revisions, chunks)}
_OPEN = (AlertState.IN_FORCE, AlertState.ENDING)


@dataclass(frozen=True, slots=True)
class Around:
    """What is looked at: the telegrams of these units since then, but for the one that is simulated."""

    telegram_id: str
    units: tuple[str, ...]
    since: datetime


class StandingRepository:
    """Situation, open alerts with all that was said of them, what waits to be told, open alarms. No device."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, around: Around) -> Rows:
        """The rows as they are."""
        return {name: list(self._read(chosen)) for name, chosen in _chosen(around).items()}

    def put(self, rows: Rows) -> None:
        """Puts them into an empty database."""
        for name, values in rows.items():
            if values:
                self._connection.execute(insert(_TABLES[name]), list(values))

    def _read(self, chosen: Select[Any]) -> Iterator[dict[str, Any]]:
        return (dict(row._mapping) for row in self._connection.execute(chosen))


def _chosen(around: Around) -> dict[str, Select[Any]]:
    is_open = select(alerts.c.id).where(alerts.c.state.in_(_OPEN))
    of_units = or_(*(telegrams.c.unit.startswith(unit, autoescape=True) for unit in around.units))
    others = telegrams.c.id != around.telegram_id
    open_chunks = chunks.c.state.in_(OPEN_CHUNKS)
    return {
        "units": select(units),
        "hazard_states": select(hazard_states),
        "alarms": select(alarms).where(alarms.c.cleared_at.is_(None)),
        "telegrams": select(telegrams).where(of_units, others, telegrams.c.issued_at >= around.since),
        "alerts": select(alerts).where(alerts.c.id.in_(is_open)),
        "revisions": select(revisions).where(revisions.c.alert_id.in_(is_open)),
        "chunks": select(chunks).where(chunks.c.alert_id.in_(is_open), open_chunks),
    }
