"""Evacuation orders that were proposed to the office, and what it decided (R25)."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from alerts.proposal import Ending, EvacuationOrder, ProposalState
from alerts.store.columns import UtcDateTime, Word
from alerts.store.tables.base import metadata

_HOLDS = text("ended_at IS NULL")

proposals = Table(  # a row is never deleted: what was proposed and decided stays
    "proposals",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("chain", String(300), nullable=False),
    Column("hazard", String(40), nullable=False),
    Column("alert_id", String(64), nullable=False),
    Column("trigger", String(60), nullable=False),
    Column("triggers_version", Integer, nullable=False),
    Column("order", Word(EvacuationOrder, 20), nullable=False),
    Column("basis", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("telegram_id", String(200), nullable=False),
    Column("state", Word(ProposalState, 10), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", String(100)),
    Column("note", Text),
    Column("ended_at", UtcDateTime),
    Column("ending", Word(Ending, 10)),
    Column("escalated_at", UtcDateTime),
    Column("escalations", Integer, nullable=False),
    Index(None, "alert_id"),
    Index(None, "proposed_at"),
    Index(  # repeated telegrams and two workers at once propose it once
        "uq_proposals_holding", "chain", "hazard", unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS
    ),
)
