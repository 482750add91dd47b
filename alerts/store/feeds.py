"""The feeds that are polled, and when each is due again (jma.md §1, R9)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Update, or_, select, union, update

from alerts.store.feed_entries import FeedEntryRepository
from alerts.store.rows import columns_of
from alerts.store.states import EntryState
from alerts.store.tables import feed_entries, feeds
from alerts.store.traffic import TrafficRepository
from alerts.store.upsert import insert_into

LONG = "_l"  # extra_l is the long feed of extra: 7 days instead of some hours (jma.md §1.1)


@dataclass(frozen=True, slots=True)
class FeedRow:
    """Where one feed stands. `failures` are those in a row; `claimed_until` is the claim of whoever polls it."""

    name: str
    began_at: datetime
    etag: str | None
    last_modified: str | None
    next_poll_at: datetime
    last_poll_at: datetime | None
    last_success_at: datetime | None
    failures: int
    last_error: str | None
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class FeedStanding:
    """How far a feed was read: `caught_up_at` is when its long one was last walked, None while that is owed."""

    name: str
    last_success_at: datetime | None
    caught_up_at: datetime | None
    last_error: str | None


class FeedRepository:
    """The feeds of one world; their entries and the bytes they cost are beside it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.entries = FeedEntryRepository(connection)
        self.traffic = TrafficRepository(connection)

    def ensure(self, names: Collection[str], now: datetime) -> None:
        """Makes a row for each feed that has none, due at once."""
        rows = [{"name": name, "began_at": now, "next_poll_at": now, "failures": 0} for name in names]
        self._connection.execute(insert_into(self._connection, feeds).on_conflict_do_nothing(), rows)

    def all(self) -> list[FeedStanding]:
        """How far every short feed was read, by name."""
        short, long = feeds.alias(), feeds.alias()
        joined = short.join(long, long.c.name == short.c.name + LONG)
        columns = (short.c.name, short.c.last_success_at, long.c.last_success_at.label("caught_up_at"))
        rows = self._connection.execute(select(*columns, short.c.last_error).select_from(joined).order_by(short.c.name))
        return [FeedStanding(**row._mapping) for row in rows]

    def get(self, name: str) -> FeedRow | None:
        """One feed, short or long, or None if it was never polled."""
        row = self._connection.execute(select(*columns_of(feeds, FeedRow)).where(feeds.c.name == name)).one_or_none()
        return FeedRow(**row._mapping) if row else None

    def names(self) -> set[str]:
        """Every feed that has a row, short or long."""
        return set(self._connection.scalars(select(feeds.c.name)))

    def due(self, names: Collection[str], now: datetime) -> list[str]:
        """Which of these feeds have something to do: a poll, or an entry to fetch."""
        free = or_(feeds.c.claimed_until.is_(None), feeds.c.claimed_until <= now)
        polls = select(feeds.c.name).where(feeds.c.next_poll_at <= now, free)
        waiting = select(feed_entries.c.feed).where(
            feed_entries.c.state == EntryState.DUE, feed_entries.c.next_try_at <= now
        )
        return sorted(set(self._connection.scalars(union(polls, waiting))) & set(names))

    def claim(self, name: str, now: datetime, until: datetime) -> FeedRow | None:
        """The feed, if it is due and nobody else polls it; it is then the caller's until `until`."""
        free = or_(feeds.c.claimed_until.is_(None), feeds.c.claimed_until <= now)
        taken = (
            update(feeds)
            .where(feeds.c.name == name, feeds.c.next_poll_at <= now, free)
            .values(claimed_until=until, last_poll_at=now)
            .returning(*columns_of(feeds, FeedRow))
        )
        row = self._connection.execute(taken).one_or_none()
        return FeedRow(**row._mapping) if row else None

    def succeeded(
        self, feed: FeedRow, etag: str | None, last_modified: str | None, now: datetime, next_poll_at: datetime
    ) -> bool:
        """Gives the claim back after a poll whose entries are all safe; False if the claim was lost meanwhile."""
        given_back = self._if_claimed(feed).values(
            etag=etag,
            last_modified=last_modified,
            last_success_at=now,
            next_poll_at=next_poll_at,
            failures=0,
            last_error=None,
            claimed_until=None,
        )
        return self._connection.execute(given_back).rowcount == 1

    def failed(self, feed: FeedRow, error: str, next_poll_at: datetime) -> None:
        """Gives the claim back after a poll that brought nothing; what was known stays."""
        given_back = self._if_claimed(feed).values(
            next_poll_at=next_poll_at, failures=feeds.c.failures + 1, last_error=error, claimed_until=None
        )
        self._connection.execute(given_back)

    def owe(self, name: str, now: datetime) -> None:
        """Something may have been missed: the feed is walked at once (one that fails keeps its back-off)."""
        missed = update(feeds).where(feeds.c.name == name)
        self._connection.execute(missed.values(last_success_at=None))
        hastened = missed.where(feeds.c.next_poll_at > now, feeds.c.failures == 0)
        self._connection.execute(hastened.values(next_poll_at=now))

    def _if_claimed(self, feed: FeedRow) -> Update:
        return update(feeds).where(feeds.c.name == feed.name, feeds.c.claimed_until == feed.claimed_until)
