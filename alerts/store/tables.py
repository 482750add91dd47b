"""The tables of one world. The live world and a drill world each have a database of their own (R1)."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from alerts.alert import AlertState, Change, Scope, Source, Urgency
from alerts.ports import Platform, PushResult
from alerts.shelter.site import SiteKind
from alerts.store.columns import Texts, Tiers, UtcDateTime, Word
from alerts.store.states import Applied, ChunkState, DrillState, EntryState
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),  # `world`: a database opened as the wrong world is refused (R1)
    Column("value", Text, nullable=False),
)

versions = Table(  # one row a snapshot; readers look at it each second (design.md §2)
    "versions",
    metadata,
    Column("name", String(40), primary_key=True),  # situation, shelters
    Column("value", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

telegrams = Table(
    "telegrams",
    metadata,
    Column("id", String(200), primary_key=True),  # the feed's entry id, or sha256:… of a file
    Column("file", String(200), nullable=False),
    Column("type", String(8)),
    Column("unit", String(300)),
    Column("status", Word(Status, 10), nullable=False),
    Column("info_type", Word(InfoType, 12), nullable=False),
    Column("issued_at", UtcDateTime),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("outcome", Word(Outcome, 10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("applied", Word(Applied, 12), nullable=False),  # applied, stale (a newer one was there), none
    Column("title", Text),
    Column("headline", Text),
    Column("unknown_codes", Texts, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Index(None, "unit", "issued_at"),
    Index(None, "outcome", "seen_at"),
)

units = Table(  # the newest telegram applied of each unit; `version` is compared and set (jma.md §2.4)
    "units",
    metadata,
    Column("unit", String(300), primary_key=True),
    Column("telegram_id", String(200), nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

hazard_states = Table(  # what is in force, by unit and hazard; a row goes when it ends
    "hazard_states",
    metadata,
    Column("unit", String(300), primary_key=True),
    Column("hazard", String(40), primary_key=True),
    Column("code", String(20), nullable=False),
    Column("level", Integer),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("details", Texts, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("telegram_id", String(200), nullable=False),
    Column("alert_id", String(64), nullable=False),
)

_IN_FORCE = text("state = 'in_force' AND source = 'jma'")

alerts = Table(
    "alerts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("source", Word(Source, 10), nullable=False),
    Column("hazard", String(40), nullable=False),
    Column("unit", String(300), nullable=False),
    Column("state", Word(AlertState, 10), nullable=False),
    Column("code", String(20), nullable=False),
    Column("level", Integer),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("told_rank", Integer, nullable=False),
    Column("last_revision", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index(None, "state", "updated_at"),
    Index(  # one episode at a time of a unit's hazard
        "uq_alerts_in_force", "unit", "hazard", unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE
    ),
)

revisions = Table(
    "revisions",
    metadata,
    Column("alert_id", String(64), ForeignKey("alerts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("change", Word(Change, 10), nullable=False),
    Column("hazard", String(40), nullable=False),
    Column("code", String(20), nullable=False),
    Column("level", Integer),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("urgency", Word(Urgency, 10), nullable=False),
    Column("scope", Word(Scope, 10), nullable=False),
    Column("tiers", Tiers, nullable=False),  # [{"districts": [ids] or null, "because": rule id or null}]
    Column("details", Texts, nullable=False),
    Column("telegram_id", String(200)),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("pushed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
)

chunks = Table(  # a range of device numbers to tell: the row is the truth, a message is a nudge (design.md §2.5-7)
    "chunks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
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
    ForeignKeyConstraint(["alert_id", "revision"], ["revisions.alert_id", "revisions.number"]),
    Index(None, "state", "priority", "due_at"),
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
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["alert_id", "revision"], ["revisions.alert_id", "revisions.number"]),
    Index(None, "alert_id", "revision", "tier", "language", unique=True),
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
    Index(None, "message_id", "result"),  # answers the outbox's counts without the rows
    Index(None, "device"),
    sqlite_with_rowid=False,  # kept in the order of the key: a chunk's rows lie together
)

devices = Table(
    "devices",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),  # public, random
    Column("secret_hash", String(64), nullable=False, unique=True),  # sha256 of the bearer secret
    Column("address_kind", String(5), nullable=False),
    Column("address_cipher", LargeBinary, nullable=False),  # encrypted at rest (R20)
    Column("address_fingerprint", String(64), nullable=False, unique=True),  # keyed hash: finds a token again
    Column("platform", Word(Platform, 10), nullable=False),
    Column("language", String(12), nullable=False),
    Column("normal_pushes", Boolean, nullable=False),  # wants pushes of urgency `normal`
    Column("reachable", Boolean, nullable=False),  # False once FCM said UNREGISTERED
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # a number is never used again
)

device_districts = Table(
    "device_districts",
    metadata,
    Column("device", Integer, ForeignKey("devices.number", ondelete="CASCADE"), primary_key=True),
    Column("district", String(60), primary_key=True),
    Index(None, "district"),
)

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

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("part", String(40), primary_key=True),  # feeds, push, schedule, …
    Column("at", UtcDateTime, nullable=False),
    Column("detail", JSON, nullable=False),
)

alarms = Table(  # something an operator must look at; one open row a key
    "alarms",
    metadata,
    Column("key", String(300), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("cleared_at", UtcDateTime),
)

sites = Table(  # 指定緊急避難場所 and 指定避難所; two rows where one facility is both
    "sites",
    metadata,
    Column("id", String(40), primary_key=True),  # 共通ID
    Column("kind", Word(SiteKind, 20), nullable=False),
    Column("facility", String(40), nullable=False),  # the first 11 characters of 共通ID join the two kinds
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("hazards", Texts, nullable=False),  # hazards an emergency site is designated for
    Column("welfare", Boolean, nullable=False),
    Column("accepts", Text),  # 受入対象者
    Column("note", Text),
    Column("edition", String(40), nullable=False),
    Column("active", Boolean, nullable=False),
    Index(None, "facility"),
)

drill_runs = Table(
    "drill_runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("drill", String(60), nullable=False),
    Column("speed", Float, nullable=False),
    Column("next_step", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("state", Word(DrillState, 10), nullable=False),  # running, done, stopped
)
