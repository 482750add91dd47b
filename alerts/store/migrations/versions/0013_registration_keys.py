"""Registrations that can be asked for again: the Idempotency-Key of each, hashed, for a day.

Revision 0013, after 0017; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registration_keys",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("asked_hash", sa.String(64), nullable=False),
        sa.Column("salt", sa.String(43), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device"], ["devices.number"], name=op.f("fk_registration_keys_device"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_registration_keys")),
    )
    op.create_index(op.f("ix_registration_keys_device"), "registration_keys", ["device"])
    op.create_index(op.f("ix_registration_keys_expires_at"), "registration_keys", ["expires_at"])


def downgrade() -> None:
    op.drop_table("registration_keys")
