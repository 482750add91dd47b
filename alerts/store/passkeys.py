"""Passkeys, and the challenges that wait for their signature."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from alerts.store.rows import values_of
from alerts.store.tables import challenges, passkeys
from alerts.store.upsert import add_once


@dataclass(frozen=True, slots=True)
class Passkey:
    """One key of one officer; only its public half is here."""

    id: str
    officer_id: str
    label: str
    public_key: bytes
    sign_count: int
    made_at: datetime
    used_at: datetime | None = None


class PasskeyRepository:
    """The passkeys of the office."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, passkey: Passkey) -> bool:
        """False if the key is registered already."""
        return add_once(self._connection, passkeys, values_of(passkey))

    def get(self, passkey_id: str) -> Passkey | None:
        """By the id that the device sends."""
        row = self._connection.execute(select(passkeys).where(passkeys.c.id == passkey_id)).one_or_none()
        return Passkey(**row._mapping) if row else None

    def of(self, officer_id: str) -> list[Passkey]:
        """An officer's, the oldest first."""
        chosen = select(passkeys).where(passkeys.c.officer_id == officer_id).order_by(passkeys.c.made_at)
        return [Passkey(**row._mapping) for row in self._connection.execute(chosen)]

    def used(self, passkey: Passkey, sign_count: int, now: datetime) -> bool:
        """Compare and set: False if the key was used in between, as a copied one would be."""
        same = update(passkeys).where(passkeys.c.id == passkey.id, passkeys.c.sign_count == passkey.sign_count)
        return self._connection.execute(same.values(sign_count=sign_count, used_at=now)).rowcount == 1

    def remove(self, officer_id: str, passkey_id: str | None = None) -> int:
        """One of an officer's, or all; returns how many went."""
        chosen = passkeys.delete().where(passkeys.c.officer_id == officer_id)
        these = chosen if passkey_id is None else chosen.where(passkeys.c.id == passkey_id)
        return self._connection.execute(these).rowcount

    def ask(self, challenge_hash: str, officer_id: str | None, until: datetime) -> None:
        """Keeps what is to be signed."""
        values = {"challenge_hash": challenge_hash, "officer_id": officer_id, "until": until}
        self._connection.execute(challenges.insert().values(values))

    def answered(self, challenge_hash: str, officer_id: str | None, now: datetime) -> bool:
        """Takes a challenge away; False if it was none of this purpose, too old, or answered already."""
        same = (challenges.c.challenge_hash == challenge_hash) & (challenges.c.until > now)
        whose = challenges.c.officer_id.is_(None) if officer_id is None else challenges.c.officer_id == officer_id
        return self._connection.execute(challenges.delete().where(same & whose)).rowcount == 1

    def forget(self, now: datetime) -> None:
        """Drops challenges that nobody answered in time."""
        self._connection.execute(challenges.delete().where(challenges.c.until <= now))
