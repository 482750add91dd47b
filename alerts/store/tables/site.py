"""Where to flee to."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    String,
    Table,
    Text,
)

from alerts.shelter.site import SiteKind
from alerts.store.columns import Texts, Word
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
    Column("edition", String(40), nullable=False),
    Column("active", Boolean, nullable=False),
    Index(None, "facility"),
)
