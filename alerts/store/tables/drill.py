"""Drills being played."""

from sqlalchemy import (
    Column,
    Float,
    Integer,
    String,
    Table,
)

from alerts.store.columns import UtcDateTime, Word
from alerts.store.states import DrillState
from alerts.store.tables.base import metadata

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
