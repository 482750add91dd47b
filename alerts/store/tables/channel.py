"""The second channel: its list, what is to be said to it, and what became of it (R15, R21, R27)."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from alerts.alert import Urgency
from alerts.channel.letter import Outcome
from alerts.channel.subscriber import Channel
from alerts.store.columns import Texts, UtcDateTime, Word
from alerts.store.states import ChunkState
from alerts.store.tables.base import metadata

subscribers = Table(  # who is told besides phones; one that leaves is deleted, and its address with it
    "subscribers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("world", String(10), nullable=False),  # again, though a world has its own database (R1)
    Column("channel", Word(Channel, 10), nullable=False),
    Column("name", String(120), nullable=False),
    Column("languages", Texts, nullable=False),
    Column("minimum", Word(Urgency, 10), nullable=False),
    Column("districts", Texts, nullable=False),  # ids; empty: the whole city
    Column("address_cipher", LargeBinary, nullable=False),  # encrypted at rest (R20)
    Column("address_fingerprint", String(64), nullable=False, unique=True),  # keyed hash: nobody is listed twice
    Column("secret_cipher", LargeBinary),  # of a webhook
    Column("created_at", UtcDateTime, nullable=False),
    Column("failing_since", UtcDateTime),
    Column("failures", Integer, nullable=False, default=0),
    Column("disabled_at", UtcDateTime),
)

postings = Table(  # a pushed revision, written with it; the list is judged later, in this order (R28)
    "postings",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("alert_id", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("story", String(400), nullable=False),
    Column("state", Word(ChunkState, 10), nullable=False),  # due, done
    Column("created_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["alert_id", "revision"], ["revisions.alert_id", "revisions.number"]),
    Index(None, "alert_id", "revision", unique=True),
    Index(None, "state", "seq"),
    Index(None, "created_at"),
    sqlite_autoincrement=True,  # a cursor never points back
)

dispatches = Table(  # one row a revision and subscriber: the chunks of the second channel (R15)
    "dispatches",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("alert_id", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("subscriber", String(40), nullable=False),
    Column("channel", Word(Channel, 10), nullable=False),
    Column("seq", Integer, nullable=False),  # of its posting
    Column("story", String(400), nullable=False),  # told in order to each subscriber (R29)
    Column("priority", Integer, nullable=False),  # smaller is told first
    Column("state", Word(ChunkState, 10), nullable=False),  # due, claimed, done
    Column("due_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),  # late is not sent (R22)
    Column("claimed_by", String(80)),
    Column("lease_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False),  # some try may have arrived
    Column("outcome", Word(Outcome, 20)),  # None while it is open
    Column("detail", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    ForeignKeyConstraint(["alert_id", "revision"], ["revisions.alert_id", "revisions.number"]),
    Index(None, "alert_id", "revision", "subscriber", "channel", unique=True),
    Index(None, "state", "channel", "priority", "due_at"),
    Index(None, "subscriber", "state"),
)

replays = (
    Table(  # everything after a cursor, said again to one webhook in its order; killed and begun again at `position`
        "replays",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("subscriber", String(40), nullable=False),
        Column("position", Integer, nullable=False),  # of the posting that was said last
        Column("until", Integer, nullable=False),  # of the last posting when it was asked for
        Column("said", Integer, nullable=False),
        Column("state", Word(ChunkState, 10), nullable=False),  # due, claimed, done, expired
        Column("due_at", UtcDateTime, nullable=False),
        Column("claimed_by", String(80)),
        Column("lease_until", UtcDateTime),
        Column("attempts", Integer, nullable=False),  # of the posting that is said next
        Column("detail", Text),
        Column("created_at", UtcDateTime, nullable=False),
        Column("closed_at", UtcDateTime),
        Index(None, "state", "due_at"),
        Index(None, "subscriber"),
    )
)
