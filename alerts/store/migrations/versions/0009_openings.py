"""What lists in the standard's layout say of places, and whether places are open.

Revision 0009, after 0008; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TEXTS = ("name_kana", "name_en", "phone", "url")


def upgrade() -> None:
    for name in _TEXTS:
        op.add_column("sites", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("sites", sa.Column("capacity", sa.Integer(), nullable=True))
    op.add_column("sites", sa.Column("communities", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.alter_column("communities", server_default=None)
    op.create_table(
        "openings",
        sa.Column("facility", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reporter", sa.String(80), nullable=False),
        sa.Column("by_office", sa.Boolean(), nullable=False),
        sa.Column("occupancy", sa.Integer(), nullable=True),
        sa.Column("occupancy_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("floor", "pets", "wheelchair", "nursing", "note")),
        sa.PrimaryKeyConstraint("facility", "version", name=op.f("pk_openings")),
    )


def downgrade() -> None:
    op.drop_table("openings")
    with op.batch_alter_table("sites", schema=None) as batch_op:
        for name in ("communities", "capacity", *_TEXTS):
            batch_op.drop_column(name)
