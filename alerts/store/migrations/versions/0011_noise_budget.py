"""What the noise budget holds back, and the digests that tell it.

Revision 0011, after 0010; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_TEXT = ["alert_id", "revision", "tier", "language", "silent"]
_INDEX = "ix_messages_alert_id_revision_tier_language_silent"


def upgrade() -> None:
    op.create_table(
        "held_back",
        sa.Column("alert_id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("districts", sa.JSON(), nullable=False),
        sa.Column("ceiling", sa.Integer(), nullable=False),
        sa.Column("hour_ends_at", _TIME, nullable=False),
        sa.Column("closed_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("alert_id", "revision", name=op.f("pk_held_back")),
        sa.ForeignKeyConstraint(
            ["alert_id", "revision"],
            ["revisions.alert_id", "revisions.number"],
            name=op.f("fk_held_back_alert_id_revision"),
        ),
    )
    op.create_index(op.f("ix_held_back_closed_at_hour_ends_at"), "held_back", ["closed_at", "hour_ends_at"])
    op.create_index(op.f("ix_revisions_created_at"), "revisions", ["created_at"])
    op.add_column("chunks", sa.Column("digest_of", _TIME, nullable=True))
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(op.f(_INDEX))
        batch_op.add_column(sa.Column("digest", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.alter_column("digest", server_default=None)
        batch_op.create_index(op.f(f"{_INDEX}_digest"), [*_TEXT, "digest"], unique=True)


def downgrade() -> None:
    op.execute("DELETE FROM messages WHERE digest <> ''")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(op.f(f"{_INDEX}_digest"))
        batch_op.drop_column("digest")
        batch_op.create_index(op.f(_INDEX), _TEXT, unique=True)
    op.drop_column("chunks", "digest_of")
    op.drop_index(op.f("ix_revisions_created_at"), table_name="revisions")
    op.drop_table("held_back")
