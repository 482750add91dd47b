"""Versions of the city's matching rules that the office made (design.md §4)."""

from sqlalchemy import JSON, Column, Integer, Table, Text

from alerts.store.columns import UtcDateTime
from alerts.store.tables.base import metadata

rule_versions = Table(  # written once and never changed: the newest one acts, a roll-back is a new one
    "rule_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("restores", Integer),  # the version whose rules it brings back
    Column("rules", JSON, nullable=False),  # a list in the words of rules.toml
)
