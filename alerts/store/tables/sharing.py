"""Family share: who follows whose places, and the codes by which it begins. All of it goes with either phone."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from alerts.store.columns import UtcDateTime
from alerts.store.tables.base import metadata


def _phone(name: str, *, is_key: bool = True) -> Column[int]:
    gone = ForeignKey("devices.number", ondelete="CASCADE")
    return Column(name, Integer, gone, primary_key=is_key, nullable=False, autoincrement=False)


follows = Table(
    "follows",
    metadata,
    _phone("follower"),
    Column("place", Integer, primary_key=True),  # the follower's own number for it, in pushes: 0, 1, …
    _phone("followed", is_key=False),
    Column("id", String(40), nullable=False, unique=True),  # random; by it either side ends it
    Column("since", UtcDateTime, nullable=False),
    Index(None, "followed", "follower", unique=True),
)

share_codes = Table(  # one a phone at a time
    "share_codes",
    metadata,
    _phone("followed"),
    Column("code_hash", String(64), nullable=False, unique=True),  # keyed hash: the code itself is never stored
    Column("expires_at", UtcDateTime, nullable=False),
)

share_failures = Table(  # wrong codes that a phone has shown
    "share_failures",
    metadata,
    _phone("device"),
    Column("count", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)
