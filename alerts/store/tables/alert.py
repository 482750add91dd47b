"""Alerts and their revisions (R18)."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from alerts.alert import AlertState, Change, Scope, Source, Urgency
from alerts.store.columns import Said, Texts, Tiers, UtcDateTime, Word
from alerts.store.tables.base import metadata

_OPEN = text("state IN ('in_force', 'ending') AND source = 'jma'")

alerts = Table(
    "alerts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("source", Word(Source, 10), nullable=False),
    Column("hazard", String(40), nullable=False),
    Column("chain", String(300), nullable=False),
    Column("state", Word(AlertState, 10), nullable=False),
    Column("code", String(20), nullable=False),
    Column("level", Integer),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("told_rank", Integer, nullable=False),
    Column("last_revision", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("pushed_at", UtcDateTime),
    Column("settle_at", UtcDateTime),  # a withheld follower is looked at again then (R14)
    Index(None, "state", "updated_at"),
    Index(None, "settle_at"),
    Index(  # one episode at a time of a chain's hazard
        "uq_alerts_open", "chain", "hazard", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
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
    Column("tiers", Tiers, nullable=False),  # [{"districts": [ids] or null, "because": phrase key or null, …}]
    Column("details", Texts, nullable=False),
    Column("telegram_id", String(200)),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("pushed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("rules_version", Integer, nullable=False),
    Column("valid_until", UtcDateTime),
    Index(None, "created_at"),
    Column("said", Said),  # by the office, in its own name
)
