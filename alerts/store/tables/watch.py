"""What an operator looks at: signs of life and alarms (R10)."""

from sqlalchemy import (
    JSON,
    Column,
    Integer,
    String,
    Table,
    Text,
)

from alerts.store.columns import UtcDateTime
from alerts.store.tables.base import metadata

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
