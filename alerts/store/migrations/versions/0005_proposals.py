"""Evacuation orders proposed to the office.

Revision 0005, after 0004; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("chain", sa.String(length=300), nullable=False),
        sa.Column("hazard", sa.String(length=40), nullable=False),
        sa.Column("alert_id", sa.String(length=64), nullable=False),
        sa.Column("trigger", sa.String(length=60), nullable=False),
        sa.Column("triggers_version", sa.Integer(), nullable=False),
        sa.Column("order", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("telegram_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=10), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    holds = sa.text("ended_at IS NULL")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_alert_id"), ["alert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_proposed_at"), ["proposed_at"], unique=False)
        batch_op.create_index(
            "uq_proposals_holding", ["chain", "hazard"], unique=True, sqlite_where=holds, postgresql_where=holds
        )


def downgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index("uq_proposals_holding")
        batch_op.drop_index(batch_op.f("ix_proposals_proposed_at"))
        batch_op.drop_index(batch_op.f("ix_proposals_alert_id"))

    op.drop_table("proposals")
