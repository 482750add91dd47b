"""What the deliveries and receipts of a revision add up to: read in place of the rows themselves (issue 8.9)."""

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index, Integer, String, Table

from alerts.store.columns import UtcDateTime
from alerts.store.tables.base import metadata

proofs = Table(  # one row a revision, once it is told to the end
    "proofs",
    metadata,
    Column("alert_id", String(64), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("first_sent_at", UtcDateTime),
    Column("last_sent_at", UtcDateTime),
    Column("results", JSON, nullable=False),  # {result: devices}
    Column("received", Integer, nullable=False),
    Column("first_received_at", UtcDateTime),
    Column("median_received_at", UtcDateTime),
    Column("p99_received_at", UtcDateTime),
    Column("summed_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),  # when it is added up again: phones confirm late; null: never again
    ForeignKeyConstraint(["alert_id", "revision"], ["revisions.alert_id", "revisions.number"]),
    Index(None, "due_at"),
)
