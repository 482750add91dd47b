"""Where to flee to, and whether it is open."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from alerts.shelter.opening import OpeningState
from alerts.shelter.site import SiteKind
from alerts.store.columns import Texts, UtcDateTime, Word
from alerts.store.tables.base import metadata

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
    Column("name_kana", Text),
    Column("name_en", Text),
    Column("capacity", Integer),
    Column("phone", Text),
    Column("communities", Texts, nullable=False),
    Column("url", Text),
    Column("edition", String(40), nullable=False),
    Column("active", Boolean, nullable=False),
    Index(None, "facility"),
)

openings = Table(  # one row a report, never overwritten: the newest version of a facility holds, the others are history
    "openings",
    metadata,
    Column("facility", String(40), nullable=False),
    Column("version", Integer, nullable=False),  # who reports n + 1 has seen n; the key lets only one of two do so
    Column("at", UtcDateTime, nullable=False),  # of the report; reported_at is of the last that said the state
    Column("state", Word(OpeningState, 20), nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("reporter", String(80), nullable=False),
    Column("by_office", Boolean, nullable=False),
    Column("occupancy", Integer),
    Column("occupancy_at", UtcDateTime),
    Column("capacity", Integer),
    Column("floor", Text),
    Column("pets", Text),
    Column("wheelchair", Text),
    Column("nursing", Text),
    Column("note", Text),
    PrimaryKeyConstraint("facility", "version"),
)
