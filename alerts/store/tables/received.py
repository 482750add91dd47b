"""Telegrams as they came, and what they put in force (jma.md §2.4)."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from alerts.store.columns import Extents, Texts, UtcDateTime, Word
from alerts.store.states import Applied
from alerts.store.tables.base import metadata
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome

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

hazard_states = Table(  # what is in force, by chain and hazard; a row goes when it ends
    "hazard_states",
    metadata,
    Column("chain", String(300), primary_key=True),
    Column("hazard", String(40), primary_key=True),
    Column("unit", String(300), nullable=False),
    Column("code", String(20), nullable=False),
    Column("level", Integer),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("details", Texts, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("telegram_id", String(200), nullable=False),
    Column("alert_id", String(64), nullable=False),
    Column("valid_until", UtcDateTime),
    Column("extent", Extents, nullable=False),  # {"sub_areas": [[name, level]], "stations": [[code, name, level]], …}
)
