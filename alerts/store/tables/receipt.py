"""What phones confirm of pushes."""

from sqlalchemy import Column, Integer, String, Table

from alerts.receipt import Event
from alerts.store.columns import UtcDateTime, Word
from alerts.store.tables.base import metadata

receipts = Table(  # the first word counts: a phone may say the same again and again
    "receipts",
    metadata,
    Column("alert_id", String(64), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("event", Word(Event, 10), primary_key=True),
    Column("device", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,  # kept in the order of the key: an alert's rows lie together
)
