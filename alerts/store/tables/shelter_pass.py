"""Limited logins of shelters; like all accounts in the live world's database alone."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from alerts.store.columns import Texts, UtcDateTime
from alerts.store.tables.base import metadata

shelter_passes = Table(  # a row is never deleted: the audit goes on naming it
    "shelter_passes",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("world", String(10), nullable=False),
    Column("label", String(40), nullable=False),
    Column("facilities", Texts, nullable=False),
    Column("made_by", String(20), ForeignKey("officers.id"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("key_hash", String(64), unique=True),  # sha256 of what the link holds; null once it was opened
    Column("token_hash", String(64), unique=True),  # of what the telephone holds since then
    Index(None, "until"),
)
