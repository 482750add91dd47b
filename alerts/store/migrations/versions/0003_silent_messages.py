"""Texts shown in silence beside one that rang (R14).

Revision 0003, after 0002; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BEFORE = ["alert_id", "revision", "tier", "language"]
_WITHOUT_TWINS = """
DELETE FROM messages WHERE silent AND EXISTS (
    SELECT 1 FROM messages AS twin WHERE NOT twin.silent AND twin.alert_id = messages.alert_id
    AND twin.revision = messages.revision AND twin.tier = messages.tier AND twin.language = messages.language)
"""


def upgrade() -> None:
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_alert_id_revision_tier_language"))
        batch_op.add_column(sa.Column("silent", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.alter_column("silent", server_default=None)
        batch_op.create_index(
            batch_op.f("ix_messages_alert_id_revision_tier_language_silent"), [*_BEFORE, "silent"], unique=True
        )


def downgrade() -> None:
    op.execute(_WITHOUT_TWINS)
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_alert_id_revision_tier_language_silent"))
        batch_op.drop_column("silent")
        batch_op.create_index(batch_op.f("ix_messages_alert_id_revision_tier_language"), _BEFORE, unique=True)
