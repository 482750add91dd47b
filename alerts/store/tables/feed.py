"""The feeds of JMA, what they announced, and what it cost to fetch (jma.md §1)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from alerts.store.columns import UtcDateTime, Word
from alerts.store.states import EntryState
from alerts.store.tables.base import metadata

feeds = Table(
    "feeds",
    metadata,
    Column("name", String(20), primary_key=True),  # extra, eqvol, regular; extra_l, … the long ones
    Column("began_at", UtcDateTime, nullable=False),  # first run; what JMA sent before it is baseline (jma.md §1.5)
    Column("etag", Text),
    Column("last_modified", Text),
    Column("next_poll_at", UtcDateTime, nullable=False),
    Column("last_poll_at", UtcDateTime),
    Column("last_success_at", UtcDateTime),
    Column("failures", Integer, nullable=False),  # in a row
    Column("last_error", Text),
    Column("claimed_until", UtcDateTime),  # one poller at a time, by compare-and-set
)

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("id", String(200), primary_key=True),  # the telegram's address, which is also the entry's id (jma.md §1.3)
    Column("feed", String(20), nullable=False),
    Column("type", String(8)),
    Column("updated", UtcDateTime, nullable=False),
    Column("state", Word(EntryState, 10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", UtcDateTime, nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("baseline", Boolean, nullable=False),  # older than the first run: makes the situation, nobody is told
    Index(None, "state", "next_try_at"),
    Index(None, "first_seen_at"),
)

traffic = Table(  # bytes fetched from JMA, by UTC day (R23)
    "traffic",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("bytes", BigInteger, nullable=False),
    Column("requests", Integer, nullable=False),
)
