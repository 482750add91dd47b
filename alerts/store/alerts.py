"""Alerts and their revisions. A revision is written once and never changed."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from alerts.alert import Alert, AlertState, Revision
from alerts.store.rows import values_of
from alerts.store.tables import alerts, revisions
from alerts.store.upsert import insert_into


class AlertRepository:
    """The alerts of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, alert_id: str) -> Alert | None:
        """One alert."""
        row = self._connection.execute(select(alerts).where(alerts.c.id == alert_id)).one_or_none()
        return Alert(**row._mapping) if row else None

    def open_of(self, unit: str, hazard: str) -> Alert | None:
        """The alert in force of a unit's hazard: there is at most one."""
        chosen = select(alerts).where(
            alerts.c.unit == unit, alerts.c.hazard == hazard, alerts.c.state == AlertState.IN_FORCE
        )
        row = self._connection.execute(chosen).one_or_none()
        return Alert(**row._mapping) if row else None

    def save(self, alert: Alert) -> None:
        """Writes an alert, new or changed."""
        values = values_of(alert)
        upsert = insert_into(self._connection, alerts).values(values)
        self._connection.execute(upsert.on_conflict_do_update(index_elements=["id"], set_=values))

    def recent(self, limit: int, before: datetime | None = None) -> list[Alert]:
        """The alerts changed last, newest first; with `before`, only those changed earlier than that."""
        chosen = select(alerts).order_by(alerts.c.updated_at.desc(), alerts.c.id).limit(limit)
        if before is not None:
            chosen = chosen.where(alerts.c.updated_at < before)
        return [Alert(**row._mapping) for row in self._connection.execute(chosen)]

    def add_revision(self, revision: Revision) -> None:
        """Keeps a revision. Raises `IntegrityError` if its number is taken: numbers are never used again."""
        self._connection.execute(insert(revisions).values(values_of(revision)))

    def revision(self, alert_id: str, number: int) -> Revision:
        """One revision; raises `NoResultFound` if there is none."""
        chosen = select(revisions).where(revisions.c.alert_id == alert_id, revisions.c.number == number)
        return Revision(**self._connection.execute(chosen).one()._mapping)

    def revisions(self, alert_id: str) -> list[Revision]:
        """All revisions of an alert, first to last."""
        chosen = select(revisions).where(revisions.c.alert_id == alert_id).order_by(revisions.c.number)
        return [Revision(**row._mapping) for row in self._connection.execute(chosen)]
