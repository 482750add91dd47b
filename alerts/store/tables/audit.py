"""The office's book of one world: rows are added, never changed and never deleted (issue 8.11)."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from alerts.store.columns import UtcDateTime
from alerts.store.tables.base import metadata

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("world", String(10), nullable=False),
    Column("officer_id", String(20)),
    Column("who", Text, nullable=False),
    Column("action", String(60), nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "officer_id"),
)

audit_head = Table(  # one row: the last entry, kept apart so that a cut-off tail shows; entries are added in its turn
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
