"""Officers and what they log in with, apart: who lists people never holds a key to the door."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, update

from alerts.people.officer import Officer
from alerts.people.role import Role
from alerts.store.rows import columns_of, values_of
from alerts.store.tables import officers, recovery_codes
from alerts.store.upsert import add_once


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an officer logs in with, hashed or encrypted (R20)."""

    password_hash: str | None
    totp_cipher: bytes | None
    totp_step: int | None
    code_hash: str | None
    code_until: datetime | None

    def has_code(self, digest: str | None, now: datetime) -> bool:
        """Whether this is the code that an administrator or the machine gave, in time."""
        return digest is not None and digest == self.code_hash and self.code_until is not None and now < self.code_until


_SHOWN = columns_of(officers, Officer)
_SECRET = columns_of(officers, Credentials)


class OfficerRepository:
    """The accounts of the office."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, officer: Officer) -> bool:
        """False if the login name is taken, and then nothing is changed."""
        taken = select(officers.c.id).where(officers.c.login == officer.login)
        if self._connection.execute(taken).first():
            return False
        return add_once(self._connection, officers, values_of(officer) | {"roles": sorted(officer.roles)})

    def all(self) -> list[Officer]:
        """Everybody, also who was shut out, by login name."""
        return [_officer(row) for row in self._connection.execute(select(*_SHOWN).order_by(officers.c.login))]

    def any(self) -> bool:
        """Whether there is an account at all."""
        return self._connection.execute(select(officers.c.id).limit(1)).first() is not None

    def get(self, officer_id: str) -> Officer | None:
        """By id."""
        return self._find(officers.c.id == officer_id)

    def by_login(self, login: str) -> Officer | None:
        """By the name that he types."""
        return self._find(officers.c.login == login)

    def lock(self, officer_id: str) -> None:
        """Waits until nobody else changes this officer, and has others wait until the transaction ends."""
        self._connection.execute(select(officers.c.id).where(officers.c.id == officer_id).with_for_update())

    def lock_all(self) -> None:
        """The same of everybody: who is the last administrator must be true until the transaction ends."""
        self._connection.execute(select(officers.c.id).order_by(officers.c.id).with_for_update())

    def credentials(self, officer_id: str) -> Credentials:
        """What he logs in with."""
        row = self._connection.execute(select(*_SECRET).where(officers.c.id == officer_id)).one()
        return Credentials(**row._mapping)

    def change(self, officer_id: str, *, roles: Collection[Role] | None = None, **values: Any) -> None:  # noqa: ANN401
        """Sets columns; their types are checked by the table."""
        said = values if roles is None else values | {"roles": sorted(roles)}
        self._connection.execute(update(officers).where(officers.c.id == officer_id).values(said))

    def use_totp_step(self, officer_id: str, step: int) -> bool:
        """Compare and set: False if this code, or a later one, was used already."""
        unused = or_(officers.c.totp_step.is_(None), officers.c.totp_step < step)
        used = update(officers).where(officers.c.id == officer_id, unused).values(totp_step=step)
        return self._connection.execute(used).rowcount == 1

    def use_code(self, officer_id: str, digest: str) -> bool:
        """Compare and set: a given code counts once."""
        same = update(officers).where(officers.c.id == officer_id, officers.c.code_hash == digest)
        return self._connection.execute(same.values(code_hash=None, code_until=None)).rowcount == 1

    def use_recovery_code(self, officer_id: str, digest: str) -> bool:
        """A printed code counts once."""
        same = (recovery_codes.c.officer_id == officer_id) & (recovery_codes.c.code_hash == digest)
        return self._connection.execute(recovery_codes.delete().where(same)).rowcount == 1

    def has_recovery_code(self, officer_id: str, digest: str) -> bool:
        """Whether it is one of his that was not used."""
        same = (recovery_codes.c.officer_id == officer_id) & (recovery_codes.c.code_hash == digest)
        return self._connection.execute(select(recovery_codes.c.code_hash).where(same)).first() is not None

    def set_recovery_codes(self, officer_id: str, digests: Sequence[str]) -> None:
        """These in place of all he had."""
        self._connection.execute(recovery_codes.delete().where(recovery_codes.c.officer_id == officer_id))
        if digests:
            rows = [{"code_hash": digest, "officer_id": officer_id} for digest in digests]
            self._connection.execute(recovery_codes.insert(), rows)

    def count_recovery_codes(self, officer_id: str) -> int:
        """How many are left."""
        chosen = select(func.count()).where(recovery_codes.c.officer_id == officer_id)
        return self._connection.scalar(chosen) or 0

    def totp_ciphers(self) -> dict[str, bytes]:
        """Every encrypted secret, by officer: they are encrypted anew after a change of the key."""
        chosen = select(officers.c.id, officers.c.totp_cipher).where(officers.c.totp_cipher.is_not(None))
        return dict(self._connection.execute(chosen).all())

    def reseal(self, officer_id: str, old: bytes, new: bytes) -> bool:
        """Compare and set: False if he set another one up meanwhile."""
        same = update(officers).where(officers.c.id == officer_id, officers.c.totp_cipher == old)
        return self._connection.execute(same.values(totp_cipher=new)).rowcount == 1

    def _find(self, condition: ColumnElement[bool]) -> Officer | None:
        row = self._connection.execute(select(*_SHOWN).where(condition)).one_or_none()
        return _officer(row) if row else None


def _officer(row: Row[Any]) -> Officer:
    return Officer(**(dict(row._mapping) | {"roles": frozenset(map(Role, row.roles))}))
