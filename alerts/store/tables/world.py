"""Which world the database belongs to, and the versions of what is served from it (R1, design.md §2)."""

from sqlalchemy import (
    Column,
    Integer,
    String,
    Table,
    Text,
)

from alerts.store.columns import UtcDateTime
from alerts.store.tables.base import metadata

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),  # `world`: a database opened as the wrong world is refused (R1)
    Column("value", Text, nullable=False),
)

versions = Table(  # one row a snapshot; readers look at it each second (design.md §2)
    "versions",
    metadata,
    Column("name", String(40), primary_key=True),  # situation, shelters, openings, displays
    Column("value", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)
