"""The second channel: its list, what is to be said to it, and what became of it.

Revision 0012, after 0011; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _of_a_claim() -> list[sa.Column[object]]:
    return [
        sa.Column("claimed_by", sa.String(80), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
    ]


def _refers_to_a_revision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["alert_id", "revision"],
        ["revisions.alert_id", "revisions.number"],
        name=op.f(f"fk_{table}_alert_id_revision"),
    )


def upgrade() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("world", sa.String(10), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("minimum", sa.String(10), nullable=False),
        sa.Column("districts", sa.JSON(), nullable=False),
        sa.Column("address_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("address_fingerprint", sa.String(64), nullable=False),
        sa.Column("secret_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
        sa.UniqueConstraint("address_fingerprint", name=op.f("uq_subscribers_address_fingerprint")),
    )
    op.create_table(
        "postings",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("alert_id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("story", sa.String(400), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _refers_to_a_revision("postings"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_postings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_postings_alert_id_revision"), "postings", ["alert_id", "revision"], unique=True)
    op.create_index(op.f("ix_postings_state_seq"), "postings", ["state", "seq"])
    op.create_index(op.f("ix_postings_created_at"), "postings", ["created_at"])
    op.create_table(
        "dispatches",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("alert_id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("subscriber", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("story", sa.String(400), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_claim(),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        _refers_to_a_revision("dispatches"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatches")),
    )
    unique = op.f("ix_dispatches_alert_id_revision_subscriber_channel")
    op.create_index(unique, "dispatches", ["alert_id", "revision", "subscriber", "channel"], unique=True)
    order = op.f("ix_dispatches_state_channel_priority_due_at")
    op.create_index(order, "dispatches", ["state", "channel", "priority", "due_at"])
    op.create_index(op.f("ix_dispatches_subscriber_state"), "dispatches", ["subscriber", "state"])
    op.create_table(
        "replays",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("subscriber", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_claim(),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replays")),
    )
    op.create_index(op.f("ix_replays_state_due_at"), "replays", ["state", "due_at"])
    op.create_index(op.f("ix_replays_subscriber"), "replays", ["subscriber"])


def downgrade() -> None:
    for name in ("replays", "dispatches", "postings", "subscribers"):
        op.drop_table(name)
