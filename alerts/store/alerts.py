"""Alerts and their revisions. A revision is written once and never changed."""

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from alerts.alert import Alert, AlertState, Revision
from alerts.store.rows import values_of
from alerts.store.tables import alerts, revisions
from alerts.store.upsert import insert_into

_OPEN_STATES = (AlertState.IN_FORCE, AlertState.ENDING)
_ALERT = select(alerts).where(alerts.c.id == bindparam("alert"))  # built once: asked for every chunk
_REVISION = select(revisions).where(
    revisions.c.alert_id == bindparam("alert"), revisions.c.number == bindparam("revision")
)


class AlertRepository:
    """The alerts of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, alert_id: str) -> Alert | None:
        """One alert."""
        row = self._connection.execute(_ALERT, {"alert": alert_id}).one_or_none()
        return Alert(**row._mapping) if row else None

    def open_of(self, chain: str, hazard: str) -> Alert | None:
        """The alert of a chain's hazard that is in force, or ended so short ago that nobody was told: at most one."""
        chosen = select(alerts).where(
            alerts.c.chain == chain, alerts.c.hazard == hazard, alerts.c.state.in_(_OPEN_STATES)
        )
        row = self._connection.execute(chosen).one_or_none()
        return Alert(**row._mapping) if row else None

    def ending_of(self, chain: str) -> list[Alert]:
        """The alerts of a chain that are over and of whose end nobody was told yet, hazards in alphabetical order."""
        chosen = select(alerts).where(alerts.c.chain == chain, alerts.c.state == AlertState.ENDING)
        return [Alert(**row._mapping) for row in self._connection.execute(chosen.order_by(alerts.c.hazard))]

    def to_settle(self, now: datetime) -> list[str]:
        """Ids of the alerts whose withheld follower is due (R14)."""
        chosen = select(alerts.c.id).where(alerts.c.settle_at <= now).order_by(alerts.c.settle_at, alerts.c.id)
        return list(self._connection.scalars(chosen))

    def next_settlement(self) -> datetime | None:
        """When the next withheld follower is due; None if none waits."""
        due = alerts.c.settle_at
        first: datetime | None = self._connection.scalar(select(func.min(due, type_=due.type)))
        return first

    def save(self, alert: Alert) -> None:
        """Writes an alert, new or changed."""
        values = values_of(alert)
        upsert = insert_into(self._connection, alerts).values(values)
        self._connection.execute(upsert.on_conflict_do_update(index_elements=["id"], set_=values))

    def set_told(self, alert_id: str, told_rank: int, last_revision: int) -> bool:
        """Compare and set: corrects what residents were told, unless a later revision has come in between."""
        same = update(alerts).where(alerts.c.id == alert_id, alerts.c.last_revision == last_revision)
        return self._connection.execute(same.values(told_rank=told_rank)).rowcount == 1

    def recent(self, limit: int, after: tuple[datetime, str] | None = None) -> list[Alert]:
        """The alerts changed last, newest first; with `after`, those that follow the alert of this time and id."""
        changed, name = alerts.c.updated_at, alerts.c.id
        chosen = select(alerts).order_by(changed.desc(), name).limit(limit)
        if after is not None:
            moment, last = after
            chosen = chosen.where(or_(changed < moment, and_(changed == moment, name > last)))
        return [Alert(**row._mapping) for row in self._connection.execute(chosen)]

    def add_revision(self, revision: Revision) -> None:
        """Keeps a revision. Raises `IntegrityError` if its number is taken: numbers are never used again."""
        self._connection.execute(insert(revisions).values(values_of(revision)))

    def revision(self, alert_id: str, number: int) -> Revision:
        """One revision; raises `NoResultFound` if there is none."""
        return Revision(**self._connection.execute(_REVISION, {"alert": alert_id, "revision": number}).one()._mapping)

    def revisions(self, alert_id: str) -> list[Revision]:
        """All revisions of an alert, first to last."""
        chosen = select(revisions).where(revisions.c.alert_id == alert_id).order_by(revisions.c.number)
        return [Revision(**row._mapping) for row in self._connection.execute(chosen)]
