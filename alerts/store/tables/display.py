"""What the app shows beside alerts: forecasts, outlooks, typhoons, commentaries (contract.md, `display`)."""

from sqlalchemy import JSON, Column, Index, String, Table, Text

from alerts.store.columns import UtcDateTime, Word
from alerts.store.tables.base import metadata
from alerts.telegram.display.content import DisplayKind

displays = Table(  # the newest telegram of each chain; without content: withdrawn, or not about the city
    "displays",
    metadata,
    Column("key", String(340), primary_key=True),  # kind and chain
    Column("kind", Word(DisplayKind, 20), nullable=False),
    Column("type", String(8), nullable=False),
    Column("title", Text, nullable=False),
    Column("headline", Text),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("valid_until", UtcDateTime, nullable=False),
    Column("telegram_id", String(200), nullable=False),
    Column("content", JSON(none_as_null=True)),
    Index(None, "valid_until"),
)
