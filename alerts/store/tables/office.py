"""What the office writes, and who let it out (issue 8.2-8.4)."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from alerts.alert import Change
from alerts.office.draft import DraftState
from alerts.store.columns import UtcDateTime, Word
from alerts.store.office_columns import Contents, Names
from alerts.store.tables.base import metadata

drafts = Table(  # a row is never deleted: what was written and never sent stays, closed
    "office_drafts",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("change", Word(Change, 10), nullable=False),
    Column("alert_id", String(64)),
    Column("content", Contents, nullable=False),
    Column("author", String(60), nullable=False),
    Column("edited_by", String(60), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime, nullable=False),
    Column("state", Word(DraftState, 10), nullable=False),
    Column("submitted_by", String(60)),
    Column("submitted_at", UtcDateTime),
    Column("seal", String(64)),
    Column("writers", Names, nullable=False),
    Index(None, "state", "edited_at"),
)

office_alerts = Table(  # what holds of an alert of the office now; the alert itself is a row of `alerts`
    "office_alerts",
    metadata,
    Column("alert_id", String(64), ForeignKey("alerts.id"), primary_key=True),
    Column("content", Contents, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index(None, "expires_at"),
)

sendings = Table(  # who let out which revision, and how
    "office_sendings",
    metadata,
    Column("alert_id", String(64), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("draft_id", String(40), nullable=False),
    Column("seal", String(64), nullable=False),
    Column("written_by", Names, nullable=False),
    Column("approved_by", String(60), nullable=False),
    Column("alone", Boolean, nullable=False),  # without a second person: prepared, or nobody came (R6)
    Column("reason", Text),  # why, where nobody came
    Column("clicked_at", UtcDateTime, nullable=False),  # from here on the time to the last phone counts (R5)
)
