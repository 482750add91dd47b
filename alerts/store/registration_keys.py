"""Which registrations were made under which Idempotency-Key, for as long as a phone may ask again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from alerts.store.rows import columns_of, values_of
from alerts.store.tables import registration_keys


@dataclass(frozen=True, slots=True)
class RegistrationKey:
    """A registration that was made; hashes are keyed, and neither the key nor the secret is stored."""

    key_hash: str
    asked_hash: str  # of all that was asked for
    salt: str  # with the key itself, and ours, it makes the secret again
    device: int
    expires_at: datetime


class RegistrationKeyRepository:
    """The registration keys of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, key_hashes: Sequence[str], now: datetime) -> RegistrationKey | None:
        """What was made under a key, by its hashes with each of our keys; None: nothing, or its time is over."""
        chosen = select(*columns_of(registration_keys, RegistrationKey)).where(
            registration_keys.c.key_hash.in_(key_hashes), registration_keys.c.expires_at > now
        )
        row = self._connection.execute(chosen).first()
        return RegistrationKey(**row._mapping) if row else None

    def add(self, key: RegistrationKey, now: datetime) -> None:
        """Keeps one; raises `IntegrityError` where another request with the same key was faster."""
        self.forget(now)
        self._connection.execute(insert(registration_keys).values(values_of(key)))

    def expired(self, now: datetime) -> bool:
        """Whether there is anything to forget."""
        chosen = select(registration_keys.c.key_hash).where(registration_keys.c.expires_at <= now).limit(1)
        return self._connection.scalar(chosen) is not None

    def forget(self, now: datetime) -> None:
        """Drops those whose time is over."""
        self._connection.execute(delete(registration_keys).where(registration_keys.c.expires_at <= now))
