"""Every telegram that a feed announced, once: to be fetched, or what became of it (jma.md §1.3, R23)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from alerts.store.bulk import TEXT, dialect_of, packed, rows_given
from alerts.store.rows import columns_of, values_of
from alerts.store.states import EntryState
from alerts.store.tables import feed_entries
from alerts.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One announced telegram. `attempts` counts the fetches that were begun."""

    id: str  # the telegram's address
    feed: str
    type: str | None
    updated: datetime
    state: EntryState
    attempts: int
    next_try_at: datetime
    first_seen_at: datetime
    baseline: bool


class FeedEntryRepository:
    """The feed entries of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these were announced before; any number may be asked."""
        asked = rows_given({"id": TEXT}, dialect_of(self._connection))
        kept = select(feed_entries.c.id).join(asked, feed_entries.c.id == asked.c.id)
        return set(self._connection.scalars(kept, packed([entry_id] for entry_id in ids)))

    def add(self, entries: Sequence[EntryRow]) -> None:
        """Keeps what was announced for the first time; what is known already stays as it is."""
        if entries:
            insert = insert_into(self._connection, feed_entries).on_conflict_do_nothing()
            self._connection.execute(insert, [values_of(entry) for entry in entries])

    def get(self, entry_id: str) -> EntryRow | None:
        """One entry."""
        chosen = select(*columns_of(feed_entries, EntryRow)).where(feed_entries.c.id == entry_id)
        row = self._connection.execute(chosen).one_or_none()
        return EntryRow(**row._mapping) if row else None

    def span(self, types: Iterable[str], ending: str) -> tuple[datetime, datetime] | None:
        """When the first and the last telegram of these types was announced whose address ends so; None if none was."""
        chosen = feed_entries.c.type.in_(list(types)), feed_entries.c.id.endswith(ending, autoescape=True)
        at = feed_entries.c.updated
        first, last = self._connection.execute(
            select(func.min(at, type_=at.type), func.max(at, type_=at.type)).where(*chosen)
        ).one()
        return (first, last) if first else None

    def want_newest(self, type_: str, ending: str, now: datetime) -> None:
        """Has the newest telegram of a type whose address ends so fetched after all, if it was left out."""
        of_type = feed_entries.c.type == type_, feed_entries.c.id.endswith(ending, autoescape=True)
        order = (feed_entries.c.updated.desc(), feed_entries.c.id.desc())
        newest = select(feed_entries.c.id).where(*of_type).order_by(*order).limit(1).scalar_subquery()
        chosen = update(feed_entries).where(feed_entries.c.id == newest, feed_entries.c.state == EntryState.SKIPPED)
        self._connection.execute(chosen.values(state=EntryState.DUE, next_try_at=now))

    def claim(self, feed: str, now: datetime, until: datetime, *, limit: int, tried_below: int) -> list[EntryRow]:
        """Entries to fetch now, with one more attempt counted; nobody else gets them before `until`.

        News before baseline, and the newest first: whatever is cut off, the present state is known first. Only
        entries with fewer than `tried_below` attempts are taken.
        """
        due = (
            feed_entries.c.feed == feed,
            feed_entries.c.state == EntryState.DUE,
            feed_entries.c.next_try_at <= now,
            feed_entries.c.attempts < tried_below,
        )
        order = (feed_entries.c.baseline, feed_entries.c.updated.desc(), feed_entries.c.id)
        first = select(feed_entries.c.id).where(*due).order_by(*order).limit(limit)
        taken = (
            update(feed_entries)
            .where(feed_entries.c.id.in_(first), *due)
            .values(next_try_at=until, attempts=feed_entries.c.attempts + 1)
            .returning(*columns_of(feed_entries, EntryRow))
        )
        rows = [EntryRow(**row._mapping) for row in self._connection.execute(taken)]
        return sorted(rows, key=lambda entry: (not entry.baseline, entry.updated), reverse=True)

    def settle(self, ids: Iterable[str], state: EntryState) -> None:
        """Nothing more is to be done about these entries."""
        given = rows_given({"id": TEXT}, dialect_of(self._connection))
        chosen = update(feed_entries).where(feed_entries.c.id.in_(select(given.c.id)))
        self._connection.execute(chosen.values(state=state), packed([entry_id] for entry_id in ids))

    def put_off(self, entry_id: str, attempts: int, next_try_at: datetime) -> None:
        """The entry is tried again later, as one that was tried `attempts` times."""
        chosen = update(feed_entries).where(feed_entries.c.id == entry_id, feed_entries.c.state == EntryState.DUE)
        self._connection.execute(chosen.values(attempts=attempts, next_try_at=next_try_at))

    def forget(self, before: datetime) -> None:
        """Drops entries first seen before a time at which no feed can name them any more."""
        old = delete(feed_entries).where(feed_entries.c.first_seen_at < before)
        self._connection.execute(old.where(feed_entries.c.state != EntryState.DUE))
