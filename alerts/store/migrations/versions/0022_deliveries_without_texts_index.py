"""Deliveries are counted by their revision, which their key begins with: the index by text cost each of them three writes.

Revision 0022, after 0021; 2026-11-24.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_INDEX = "ix_deliveries_message_id_result"


def upgrade() -> None:
    op.drop_index(_INDEX, "deliveries")


def downgrade() -> None:
    op.create_index(_INDEX, "deliveries", ["message_id", "result"])
