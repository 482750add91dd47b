"""Residents' devices: nothing in them is personal without the key of the addresses (R20)."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from alerts.ports import Platform
from alerts.store.columns import Chosen, UtcDateTime, Word
from alerts.store.preference_text import LONGEST
from alerts.store.tables.base import metadata

devices = Table(
    "devices",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),  # public, random
    Column("secret_hash", String(64), nullable=False, unique=True),  # sha256 of the bearer secret
    Column("address_kind", String(5), nullable=False),
    Column("address_cipher", LargeBinary, nullable=False),  # encrypted at rest (R20)
    Column("address_fingerprint", String(64), nullable=False, unique=True),  # keyed hash: finds a token again
    Column("platform", Word(Platform, 10), nullable=False),
    Column("language", String(12), nullable=False),
    Column("normal_pushes", Boolean, nullable=False),  # wants pushes of urgency `normal`
    Column("preferences", Chosen(LONGEST)),  # what else the resident chose; null: nothing
    Column("reachable", Boolean, nullable=False),  # False once FCM said UNREGISTERED
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime),  # when the phone was heard of last, to the day; every row has it
    sqlite_autoincrement=True,  # a number is never used again
)

device_districts = Table(  # the places of a phone; one without districts has no row, and is the whole city
    "device_districts",
    metadata,
    Column("device", Integer, ForeignKey("devices.number", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, default=0),  # 0 is home, the others as the phone numbers them
    Column("district", String(60), primary_key=True),
    Index(None, "district"),
)
