"""Where in the city a hazard holds, and which rules matched it to districts.

Revision 0004, after 0003; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WHOLE_CITY = '{"sub_areas": [], "stations": [], "rivers": []}'


def upgrade() -> None:
    op.add_column("hazard_states", sa.Column("extent", sa.JSON(), nullable=False, server_default=_WHOLE_CITY))
    op.add_column("revisions", sa.Column("rules_version", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("hazard_states", schema=None) as batch_op:
        batch_op.alter_column("extent", server_default=None)
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.alter_column("rules_version", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.drop_column("rules_version")
    with op.batch_alter_table("hazard_states", schema=None) as batch_op:
        batch_op.drop_column("extent")
