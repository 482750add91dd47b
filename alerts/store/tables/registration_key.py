"""What it takes to answer a registration again as it was answered first. Goes with the phone, and after a day."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from alerts.store.columns import UtcDateTime
from alerts.store.tables.base import metadata

registration_keys = Table(
    "registration_keys",
    metadata,
    Column("key_hash", String(64), primary_key=True),  # keyed hash of the Idempotency-Key
    Column("asked_hash", String(64), nullable=False),  # keyed hash of all that was asked for
    Column("salt", String(43), nullable=False),  # with the key itself, and ours, it makes the secret again (R20)
    Column("device", Integer, ForeignKey("devices.number", ondelete="CASCADE"), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index(None, "device"),
    Index(None, "expires_at"),
)
