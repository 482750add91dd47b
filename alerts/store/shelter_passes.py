"""Limited logins of shelters, found by the hash of their link or of what the telephone holds (R20)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from alerts.people.shelter_pass import ShelterPass
from alerts.store.rows import columns_of, values_of
from alerts.store.tables import shelter_passes

_SHOWN = columns_of(shelter_passes, ShelterPass)


class ShelterPassRepository:
    """The passes that the office gave."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, made: ShelterPass, key_hash: str) -> None:
        """Keeps a new one, whose link nobody has opened."""
        values = values_of(made) | {"facilities": list(made.facilities), "key_hash": key_hash}
        self._connection.execute(shelter_passes.insert().values(values))

    def get(self, pass_id: str) -> ShelterPass | None:
        """By id."""
        return self._find(shelter_passes.c.id == pass_id)

    def by_key(self, key_hash: str) -> ShelterPass | None:
        """By what its link holds; None once the link was opened."""
        return self._find(shelter_passes.c.key_hash == key_hash)

    def by_token(self, token_hash: str) -> ShelterPass | None:
        """By what a telephone holds."""
        return self._find(shelter_passes.c.token_hash == token_hash)

    def standing(self, now: datetime) -> list[ShelterPass]:
        """Those that are not over, the newest first."""
        good = (shelter_passes.c.until > now) & shelter_passes.c.revoked_at.is_(None)
        chosen = select(*_SHOWN).where(good).order_by(shelter_passes.c.made_at.desc(), shelter_passes.c.id)
        return [_pass(row) for row in self._connection.execute(chosen)]

    def open(self, key_hash: str, token_hash: str, now: datetime) -> bool:
        """Compare and set: a link is opened once."""
        same = update(shelter_passes).where(shelter_passes.c.key_hash == key_hash)
        opened = same.values(key_hash=None, token_hash=token_hash, opened_at=now)
        return self._connection.execute(opened).rowcount == 1

    def revoke(self, pass_id: str, now: datetime) -> bool:
        """Compare and set: False if it was revoked before."""
        same = (shelter_passes.c.id == pass_id) & shelter_passes.c.revoked_at.is_(None)
        revoked = update(shelter_passes).where(same).values(revoked_at=now, key_hash=None, token_hash=None)
        return self._connection.execute(revoked).rowcount == 1

    def _find(self, condition: ColumnElement[bool]) -> ShelterPass | None:
        row = self._connection.execute(select(*_SHOWN).where(condition)).one_or_none()
        return _pass(row) if row else None


def _pass(row: Row[Any]) -> ShelterPass:
    return ShelterPass(**(dict(row._mapping) | {"facilities": tuple(row.facilities)}))
