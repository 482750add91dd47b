"""What the office wrote and let out: drafts change by compare-and-set, a revision is let out once (issue 8.2-8.4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from alerts.office.content import Content
from alerts.office.draft import OPEN, Draft, DraftState
from alerts.store.rows import values_of
from alerts.store.tables import drafts, office_alerts, sendings
from alerts.store.upsert import add_once, insert_into


@dataclass(frozen=True, slots=True)
class Sending:
    """Who let a revision out."""

    alert_id: str
    revision: int
    draft_id: str
    seal: str
    written_by: frozenset[str]  # officer ids
    approved_by: str  # of one who acted alone: himself
    alone: bool
    reason: str | None
    clicked_at: datetime


class OfficeRepository:
    """The drafts and alerts of the office, in one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, draft: Draft) -> None:
        """Keeps a new draft."""
        self._connection.execute(insert(drafts).values(values_of(draft)))

    def draft(self, draft_id: str) -> Draft | None:
        """One draft."""
        row = self._connection.execute(select(drafts).where(drafts.c.id == draft_id)).one_or_none()
        return Draft(**row._mapping) if row else None

    def change(self, draft: Draft, was: Draft) -> bool:
        """Compare and set: False if it was saved, submitted or sent by somebody else since it was read as `was`."""
        same = update(drafts).where(drafts.c.id == was.id, drafts.c.version == was.version, drafts.c.state == was.state)
        return self._connection.execute(same.values(values_of(draft))).rowcount == 1

    def open_drafts(self) -> list[Draft]:
        """Those that are written on or wait for approval; what was touched last stands first."""
        chosen = select(drafts).where(drafts.c.state.in_(OPEN)).order_by(drafts.c.edited_at.desc(), drafts.c.id)
        return [Draft(**row._mapping) for row in self._connection.execute(chosen)]

    def expire(self, untouched_since: datetime) -> int:
        """Closes what nobody has touched for too long (R19); how many."""
        old = update(drafts).where(drafts.c.state.in_(OPEN), drafts.c.edited_at < untouched_since)
        return self._connection.execute(old.values(state=DraftState.EXPIRED)).rowcount

    def hold(self, alert_id: str, content: Content) -> None:
        """What an alert of the office says from now on."""
        values = {"alert_id": alert_id, "content": content, "expires_at": content.expires_at}
        upsert = insert_into(self._connection, office_alerts).values(values)
        self._connection.execute(upsert.on_conflict_do_update(index_elements=["alert_id"], set_=values))

    def drop(self, alert_id: str) -> None:
        """Nothing of it holds any more; the alert and its revisions stay."""
        self._connection.execute(delete(office_alerts).where(office_alerts.c.alert_id == alert_id))

    def held(self, alert_id: str) -> Content | None:
        """What an alert says now; None if nothing of it holds."""
        chosen = select(office_alerts.c.content).where(office_alerts.c.alert_id == alert_id)
        found: Content | None = self._connection.scalar(chosen)
        return found

    def in_force(self) -> dict[str, Content]:
        """What holds, by alert id."""
        chosen = select(office_alerts.c.alert_id, office_alerts.c.content).order_by(office_alerts.c.alert_id)
        return {row.alert_id: row.content for row in self._connection.execute(chosen)}

    def over(self, now: datetime) -> list[str]:
        """Ids of the alerts whose time is up."""
        chosen = select(office_alerts.c.alert_id).where(office_alerts.c.expires_at <= now)
        return list(self._connection.scalars(chosen.order_by(office_alerts.c.alert_id)))

    def sent(self, sending: Sending) -> bool:
        """Keeps who let a revision out; False if it was let out already."""
        return add_once(self._connection, sendings, values_of(sending))

    def sendings(self, alert_ids: Collection[str]) -> list[Sending]:
        """Who let out the revisions of these alerts, first to last."""
        chosen = select(sendings).where(sendings.c.alert_id.in_(alert_ids))
        rows = self._connection.execute(chosen.order_by(sendings.c.clicked_at, sendings.c.revision))
        return [Sending(**row._mapping) for row in rows]
