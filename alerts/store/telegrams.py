"""Every telegram that ever came in, once, with its bytes and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update

from alerts.store.bulk import TEXT, rows_given
from alerts.store.rows import values_of
from alerts.store.states import Applied
from alerts.store.tables import telegrams
from alerts.store.upsert import add_once
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome


@dataclass(frozen=True, slots=True)
class TelegramRecord:
    """A telegram as it is kept. `applied` is a word of `Applied`; `unit` and `issued_at` are None if unreadable."""

    id: str
    file: str
    type: str | None
    unit: str | None
    status: Status
    info_type: InfoType
    issued_at: datetime | None
    seen_at: datetime
    outcome: Outcome
    reason: str
    applied: str
    title: str | None
    headline: str | None
    unknown_codes: tuple[str, ...]
    raw: bytes


class TelegramRepository:
    """The telegrams of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: TelegramRecord) -> bool:
        """Keeps a telegram; False if its id is known, and then nothing is changed."""
        return add_once(self._connection, telegrams, values_of(record))

    def get(self, telegram_id: str) -> TelegramRecord | None:
        """One telegram with its bytes."""
        row = self._connection.execute(select(telegrams).where(telegrams.c.id == telegram_id)).one_or_none()
        return TelegramRecord(**row._mapping) if row else None

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these ids are kept already; any number may be asked."""
        asked = rows_given(self._connection, {"id": TEXT}, ([telegram_id] for telegram_id in ids))
        return set(self._connection.scalars(select(telegrams.c.id).join(asked, telegrams.c.id == asked.c.id)))

    def held(self, limit: int) -> list[TelegramRecord]:
        """What waits for an operator's eyes (R16), newest first."""
        return self.newest_with(Outcome.HOLD, limit)

    def newest_with(self, outcome: Outcome, limit: int) -> list[TelegramRecord]:
        """The telegrams that ended so, newest first."""
        chosen = select(telegrams).where(telegrams.c.outcome == outcome)
        newest = chosen.order_by(telegrams.c.seen_at.desc(), telegrams.c.id).limit(limit)
        return [TelegramRecord(**row._mapping) for row in self._connection.execute(newest)]

    def beginning_with(self, units: Iterable[str], since: datetime) -> list[TelegramRecord]:
        """The telegrams, oldest first, of the units whose keys begin so, that were issued since then."""
        named = or_(*(telegrams.c.unit.startswith(unit, autoescape=True) for unit in units))
        chosen = select(telegrams).where(named, telegrams.c.issued_at >= since)
        rows = self._connection.execute(chosen.order_by(telegrams.c.issued_at, telegrams.c.id))
        return [TelegramRecord(**row._mapping) for row in rows]

    def issued_since(self, since: datetime, outcomes: Iterable[Outcome], limit: int) -> list[TelegramRecord]:
        """The telegrams that ended so and were issued since then, newest first."""
        chosen = select(telegrams).where(telegrams.c.outcome.in_(list(outcomes)), telegrams.c.issued_at >= since)
        newest = chosen.order_by(telegrams.c.issued_at.desc(), telegrams.c.id).limit(limit)
        return [TelegramRecord(**row._mapping) for row in self._connection.execute(newest)]

    def ids_with(self, outcomes: Iterable[Outcome]) -> list[str]:
        """Ids of the telegrams that ended so, oldest first; what has no time of its own comes by its arrival."""
        issued_at = func.coalesce(telegrams.c.issued_at, telegrams.c.seen_at)
        chosen = select(telegrams.c.id).where(telegrams.c.outcome.in_(list(outcomes)))
        return list(self._connection.scalars(chosen.order_by(issued_at, telegrams.c.id)))

    def applied_tables(self) -> list[str]:
        """Ids of telegrams that are not read by themselves and moved the situation all the same: in a recovery."""
        chosen = select(telegrams.c.id).where(
            telegrams.c.outcome == Outcome.IGNORE, telegrams.c.applied == Applied.APPLIED
        )
        return list(self._connection.scalars(chosen))

    def set_reading(self, record: TelegramRecord) -> None:
        """Notes what a kept telegram was found to say when it was read again; its bytes and arrival stay."""
        read_again = values_of(record)
        for kept in ("id", "file", "raw", "seen_at", "status"):
            del read_again[kept]
        self._connection.execute(update(telegrams).where(telegrams.c.id == record.id).values(read_again))

    def set_applied(self, telegram_id: str, applied: str) -> None:
        """Notes whether the telegram moved the situation."""
        chosen = update(telegrams).where(telegrams.c.id == telegram_id)
        self._connection.execute(chosen.values(applied=Applied(applied)))

    def counts_by_outcome(self) -> dict[Outcome, int]:
        """How many telegrams ended how."""
        counted = select(telegrams.c.outcome, func.count()).group_by(telegrams.c.outcome)
        return dict(self._connection.execute(counted).all())
