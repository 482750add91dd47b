"""What residents choose to hear, several places of one phone, and family share.

Revision 0010, after 0009; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    # no batch: on SQLite it would drop the table and, by the cascade, every phone's districts with it
    op.add_column("devices", sa.Column("preferences", sa.String(200), nullable=True))
    with op.batch_alter_table("device_districts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_constraint("pk_device_districts", type_="primary")
        batch_op.create_primary_key("pk_device_districts", ["device", "place", "district"])
    with op.batch_alter_table("device_districts", schema=None) as batch_op:
        batch_op.alter_column("place", server_default=None)
    op.create_table(
        "follows",
        sa.Column("follower", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("followed", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("follower", "place", name=op.f("pk_follows")),
        sa.UniqueConstraint("id", name=op.f("uq_follows_id")),
        *(_of_a_phone("follows", name) for name in ("follower", "followed")),
    )
    op.create_index(op.f("ix_follows_followed_follower"), "follows", ["followed", "follower"], unique=True)
    op.create_table(
        "share_codes",
        sa.Column("followed", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("followed", name=op.f("pk_share_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_share_codes_code_hash")),
        _of_a_phone("share_codes", "followed"),
    )
    op.create_table(
        "share_failures",
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_share_failures")),
        _of_a_phone("share_failures", "device"),
    )


def _of_a_phone(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["devices.number"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in ("share_failures", "share_codes", "follows"):
        op.drop_table(table)
    op.execute("DELETE FROM device_districts WHERE place > 0")
    with op.batch_alter_table("device_districts", schema=None) as batch_op:
        batch_op.drop_constraint("pk_device_districts", type_="primary")
        batch_op.drop_column("place")
        batch_op.create_primary_key("pk_device_districts", ["device", "district"])
    op.drop_column("devices", "preferences")
