"""What the noise budget kept from being pushed at once: which districts, why, and whether its digest was made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from alerts.alert import Change, Revision, Scope, Urgency
from alerts.budget import Heard
from alerts.store.rows import columns_of, values_of
from alerts.store.tables import held_back, revisions


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One revision that came too late in its hour. `closed_at` is when its digest was made, or not needed any more."""

    alert_id: str
    revision: int
    districts: tuple[str, ...]  # "" stands for who is in none
    ceiling: int
    hour_ends_at: datetime
    closed_at: datetime | None = None


class HeldBackRepository:
    """The record of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: HeldBack) -> None:
        """Keeps what is held back."""
        self._connection.execute(insert(held_back).values(values_of(record)))

    def of(self, alert_id: str, revision: int) -> HeldBack | None:
        """What was held back of a revision; None if nothing was."""
        one = held_back.c.alert_id == alert_id, held_back.c.revision == revision
        row = self._connection.execute(_SELECT.where(*one)).one_or_none()
        return HeldBack(**row._mapping) if row else None

    def of_hour(self, hour_ends_at: datetime) -> list[HeldBack]:
        """All that one hour held back, in the order of its making."""
        made = held_back.join(
            revisions, (revisions.c.alert_id == held_back.c.alert_id) & (revisions.c.number == held_back.c.revision)
        )
        chosen = _SELECT.select_from(made).where(held_back.c.hour_ends_at == hour_ends_at)
        rows = self._connection.execute(chosen.order_by(revisions.c.created_at, held_back.c.alert_id))
        return [HeldBack(**row._mapping) for row in rows]

    def over(self, now: datetime) -> list[datetime]:
        """The ends of the hours that are over and whose digest is still to be made."""
        chosen = select(held_back.c.hour_ends_at).where(held_back.c.closed_at.is_(None))
        hours = chosen.where(held_back.c.hour_ends_at <= now).distinct().order_by(held_back.c.hour_ends_at)
        return list(self._connection.scalars(hours))

    def next_end(self, after: datetime) -> datetime | None:
        """When the next hour ends whose digest is to be made; None if none does."""
        waiting = select(held_back.c.hour_ends_at).where(
            held_back.c.closed_at.is_(None), held_back.c.hour_ends_at > after
        )
        return self._connection.scalar(waiting.order_by(held_back.c.hour_ends_at).limit(1))

    def close(self, hour_ends_at: datetime, now: datetime) -> None:
        """The digest of the hour is made."""
        of_hour = held_back.c.hour_ends_at == hour_ends_at, held_back.c.closed_at.is_(None)
        self._connection.execute(update(held_back).where(*of_hour).values(closed_at=now))

    def heard(self, since: datetime) -> list[Heard]:
        """The ordinary pushes made since then, with what was held back of each."""
        joined = revisions.outerjoin(
            held_back, (revisions.c.alert_id == held_back.c.alert_id) & (revisions.c.number == held_back.c.revision)
        )
        chosen = select(*columns_of(revisions, Revision), held_back.c.districts.label("held")).select_from(joined)
        news = chosen.where(
            revisions.c.created_at >= since,
            revisions.c.pushed,
            revisions.c.urgency == Urgency.NORMAL,
            revisions.c.scope == Scope.EVERYONE,
            revisions.c.change.in_((Change.ISSUE, Change.RAISE)),
        )
        return [Heard(Revision(*row[:-1]), frozenset(row.held or ())) for row in self._connection.execute(news)]


_SELECT = select(*columns_of(held_back, HeldBack))
