"""What the office says in its own name: drafts, what holds of its alerts, and who let it out.

Revision 0021, after 0020; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("revisions", sa.Column("said", sa.JSON(), nullable=True))
    op.create_table(
        "office_drafts",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(10), nullable=False),
        sa.Column("alert_id", sa.String(64), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(60), nullable=False),
        sa.Column("edited_by", sa.String(60), nullable=False),
        sa.Column("began_at", _TIME, nullable=False),
        sa.Column("edited_at", _TIME, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("submitted_by", sa.String(60), nullable=True),
        sa.Column("submitted_at", _TIME, nullable=True),
        sa.Column("seal", sa.String(64), nullable=True),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_office_drafts"),
    )
    op.create_index("ix_office_drafts_state_edited_at", "office_drafts", ["state", "edited_at"])
    op.create_table(
        "office_alerts",
        sa.Column("alert_id", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_office_alerts_alert_id_alerts"),
        sa.PrimaryKeyConstraint("alert_id", name="pk_office_alerts"),
    )
    op.create_index("ix_office_alerts_expires_at", "office_alerts", ["expires_at"])
    op.create_table(
        "office_sendings",
        sa.Column("alert_id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(40), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("written_by", sa.JSON(), nullable=False),
        sa.Column("approved_by", sa.String(60), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("clicked_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "revision", name="pk_office_sendings"),
    )


def downgrade() -> None:
    for name in ("office_sendings", "office_alerts", "office_drafts"):
        op.drop_table(name)
    op.drop_column("revisions", "said")
