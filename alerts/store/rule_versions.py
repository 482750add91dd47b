"""The versions of the matching rules that the office made."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from alerts.store.rows import values_of
from alerts.store.tables import rule_versions
from alerts.store.upsert import add_once


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One version; `rules` in the words of `rules.toml`."""

    version: int
    author: str
    note: str
    made_at: datetime
    restores: int | None
    rules: list[dict[str, Any]]


class RuleVersionRepository:
    """The versions of one world. None is ever changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> RuleVersion | None:
        """The version that acts; None where the office has made none."""
        chosen = select(rule_versions).order_by(rule_versions.c.version.desc()).limit(1)
        row = self._connection.execute(chosen).one_or_none()
        return RuleVersion(**row._mapping) if row else None

    def all(self) -> list[RuleVersion]:
        """All versions, the newest first."""
        rows = self._connection.execute(select(rule_versions).order_by(rule_versions.c.version.desc()))
        return [RuleVersion(**row._mapping) for row in rows]

    def add(self, version: RuleVersion) -> bool:
        """Keeps a version; False if its number is taken."""
        return add_once(self._connection, rule_versions, values_of(version))
