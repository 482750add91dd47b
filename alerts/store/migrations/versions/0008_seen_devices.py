"""When each phone was heard of last.

Revision 0008, after 0007; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # no batch: on SQLite it would drop the table and, by the cascade, every phone's districts with it
    op.add_column("devices", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE devices SET seen_at = updated_at")


def downgrade() -> None:
    op.drop_column("devices", "seen_at")
