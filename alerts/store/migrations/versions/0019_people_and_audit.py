"""Who may come in to the office, and the book of what was done.

Revision 0019, after 0013; 2026-11-23.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('world', sa.String(length=10), nullable=False),
    sa.Column('officer_id', sa.String(length=20), nullable=True),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit'))
    )
    op.create_index(op.f('ix_audit_officer_id'), 'audit', ['officer_id'], unique=False)
    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('challenges',
    sa.Column('challenge_hash', sa.String(length=64), nullable=False),
    sa.Column('officer_id', sa.String(length=20), nullable=True),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('challenge_hash', name=op.f('pk_challenges'))
    )
    op.create_index(op.f('ix_challenges_until'), 'challenges', ['until'], unique=False)
    op.create_table('login_failures',
    sa.Column('counted_by', sa.String(length=80), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('counted_by', name=op.f('pk_login_failures'))
    )
    op.create_table('officers',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('login', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reachable_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('totp_cipher', sa.LargeBinary(), nullable=True),
    sa.Column('totp_step', sa.Integer(), nullable=True),
    sa.Column('code_hash', sa.String(length=64), nullable=True),
    sa.Column('code_until', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_officers')),
    sa.UniqueConstraint('login', name=op.f('uq_officers_login'))
    )
    op.create_table('people_requests',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('act', sa.String(10), nullable=False),
    sa.Column('officer_id', sa.String(length=20), nullable=True),
    sa.Column('login', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('asked_by', sa.String(length=20), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(10), nullable=False),
    sa.Column('decided_by', sa.String(length=20), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people_requests'))
    )
    op.create_index(op.f('ix_people_requests_asked_at'), 'people_requests', ['asked_at'], unique=False)
    op.create_table('known_browsers',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('officer_id', sa.String(length=20), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_known_browsers_officer_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_known_browsers'))
    )
    op.create_index(op.f('ix_known_browsers_officer_id'), 'known_browsers', ['officer_id'], unique=False)
    op.create_table('passkeys',
    sa.Column('id', sa.String(length=1400), nullable=False),
    sa.Column('officer_id', sa.String(length=20), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.BigInteger(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_passkeys_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys'))
    )
    op.create_index(op.f('ix_passkeys_officer_id'), 'passkeys', ['officer_id'], unique=False)
    op.create_table('recovery_codes',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('officer_id', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_recovery_codes_officer_id')),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_recovery_codes'))
    )
    op.create_index(op.f('ix_recovery_codes_officer_id'), 'recovery_codes', ['officer_id'], unique=False)
    op.create_table('sessions',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('officer_id', sa.String(length=20), nullable=False),
    sa.Column('method', sa.String(10), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_sessions_officer_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sessions'))
    )
    op.create_index(op.f('ix_sessions_officer_id'), 'sessions', ['officer_id'], unique=False)
    op.create_index(op.f('ix_sessions_seen_at'), 'sessions', ['seen_at'], unique=False)
    op.create_table('shelter_passes',
    sa.Column('id', sa.String(length=20), nullable=False),
    sa.Column('world', sa.String(length=10), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('facilities', sa.JSON(), nullable=False),
    sa.Column('made_by', sa.String(length=20), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_hash', sa.String(length=64), nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['officers.id'], name=op.f('fk_shelter_passes_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shelter_passes')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_shelter_passes_key_hash')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_shelter_passes_token_hash'))
    )
    op.create_index(op.f('ix_shelter_passes_until'), 'shelter_passes', ['until'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_shelter_passes_until'), table_name='shelter_passes')
    op.drop_table('shelter_passes')
    op.drop_index(op.f('ix_sessions_seen_at'), table_name='sessions')
    op.drop_index(op.f('ix_sessions_officer_id'), table_name='sessions')
    op.drop_table('sessions')
    op.drop_index(op.f('ix_recovery_codes_officer_id'), table_name='recovery_codes')
    op.drop_table('recovery_codes')
    op.drop_index(op.f('ix_passkeys_officer_id'), table_name='passkeys')
    op.drop_table('passkeys')
    op.drop_index(op.f('ix_known_browsers_officer_id'), table_name='known_browsers')
    op.drop_table('known_browsers')
    op.drop_index(op.f('ix_people_requests_asked_at'), table_name='people_requests')
    op.drop_table('people_requests')
    op.drop_table('officers')
    op.drop_table('login_failures')
    op.drop_index(op.f('ix_challenges_until'), table_name='challenges')
    op.drop_table('challenges')
    op.drop_table('audit_head')
    op.drop_index(op.f('ix_audit_officer_id'), table_name='audit')
    op.drop_table('audit')
