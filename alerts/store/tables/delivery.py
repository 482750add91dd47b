"""How a revision reaches devices: chunks, texts, results (design.md §2.5-2.7)."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from alerts.alert import Urgency
from alerts.ports import PushResult
from alerts.store.columns import Texts, UtcDateTime, Word
from alerts.store.states import ChunkState
from alerts.store.tables.base import metadata

chunks = Table(  # a range of device numbers to tell: the row is the truth, a message is a nudge (design.md §2.5-7)
    "chunks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("story", String(400), nullable=False),  # chain and hazard: chunks of one story are told in order (R29)
    Column("alert_id", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("device_from", Integer, nullable=False),  # inclusive
    Column("device_to", Integer, nullable=False),  # inclusive
    Column("urgency", Word(Urgency, 10), nullable=False),
    Column("priority", Integer, nullable=False),  # smaller is told first: urgency, then tier
    Column("state", Word(ChunkState, 10), nullable=False),  # due, claimed, done, superseded, expired
    Column("due_at", UtcDateTime, nullable=False),
    Column("nudged_at", UtcDateTime),
    Column("claimed_by", String(80)),
    Column("lease_until", UtcDateTime),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("digest_of", UtcDateTime),  # the end of the hour whose digest it tells; null: the revision itself
    ForeignKeyConstraint(["alert_id", "revision"], ["revisions.alert_id", "revisions.number"]),
    Index(None, "state", "priority", "due_at"),
    Index(None, "story", "state"),
    Index(None, "alert_id", "revision", "state"),
)

messages = Table(  # every distinct text of a revision, once: the outbox
    "messages",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("alert_id", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("language", String(12), nullable=False),
    Column("urgency", Word(Urgency, 10), nullable=False),
    Column("silent", Boolean, nullable=False),  # in quiet hours, a digest, or the phone had just rung (R14)
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("digest", Text, nullable=False, default=""),  # all revisions that a digest tells: alert/number …
    ForeignKeyConstraint(["alert_id", "revision"], ["revisions.alert_id", "revisions.number"]),
    Index(None, "alert_id", "revision", "tier", "language", "silent", "digest", unique=True),
)

held_back = Table(  # what the noise budget kept from being pushed at once, and why (issue 6)
    "held_back",
    metadata,
    Column("alert_id", String(64), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("districts", Texts, nullable=False),  # "" stands for who is in none
    Column("ceiling", Integer, nullable=False),
    Column("hour_ends_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),  # its digest was made, or was not needed any more
    ForeignKeyConstraint(["alert_id", "revision"], ["revisions.alert_id", "revisions.number"]),
    Index(None, "closed_at", "hour_ends_at"),
)

deliveries = Table(  # one row a device and revision (R15)
    "deliveries",
    metadata,
    Column("alert_id", String(64), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("device", Integer, primary_key=True),
    Column("channel", String(10), nullable=False),
    Column("result", Word(PushResult, 20), nullable=False),
    Column("message_id", Integer),
    Column("chunk_id", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("provider_id", String(200)),
    Column("error", Text),
    Index(None, "device"),
    sqlite_with_rowid=False,  # kept in the order of the key: a chunk's rows lie together
)
