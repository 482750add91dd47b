"""The list of the second channel: who is on it, how to reach them, and how they fare (R20, R21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, delete, insert, select, update

from alerts.channel.subscriber import Subscriber
from alerts.store.tables import subscribers
from alerts.world import DRILL, LIVE

_WORLDS = {world.name: world for world in (LIVE, DRILL)}


@dataclass(frozen=True, slots=True)
class SealedTarget:
    """Where a subscriber is reached, as it is stored."""

    address_cipher: bytes
    address_fingerprint: str
    secret_cipher: bytes | None


class SubscriberRepository:
    """The subscribers of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, subscriber: Subscriber, target: SealedTarget) -> None:
        """Puts somebody on the list. Raises `IntegrityError` if the id or the address is on it."""
        values = {name: getattr(subscriber, name) for name in _FIELDS}
        stored = {"world": subscriber.world.name, "districts": tuple(sorted(subscriber.districts))}
        self._connection.execute(insert(subscribers).values(values | stored | _sealed(target)))

    def all(self) -> list[Subscriber]:
        """Everybody on the list, in the order in which they came."""
        rows = self._connection.execute(select(*_COLUMNS).order_by(subscribers.c.created_at, subscribers.c.id))
        return [_subscriber(row) for row in rows]

    def get(self, subscriber_id: str) -> Subscriber | None:
        """One of them."""
        row = self._connection.execute(select(*_COLUMNS).where(subscribers.c.id == subscriber_id)).one_or_none()
        return _subscriber(row) if row else None

    def has_address(self, fingerprints: Sequence[str]) -> bool:
        """Whether an address is on the list already, by its keyed hashes."""
        found = select(subscribers.c.id).where(subscribers.c.address_fingerprint.in_(fingerprints))
        return self._connection.execute(found).first() is not None

    def target(self, subscriber_id: str) -> SealedTarget:
        """Where one is reached. Raises `NoResultFound`."""
        row = self._connection.execute(select(*_TARGET).where(subscribers.c.id == subscriber_id)).one()
        return SealedTarget(**row._mapping)

    def reseal(self, subscriber_id: str, target: SealedTarget) -> None:
        """Another address or secret, or the same sealed anew."""
        chosen = update(subscribers).where(subscribers.c.id == subscriber_id)
        self._connection.execute(chosen.values(_sealed(target)))

    def remove(self, subscriber_id: str) -> bool:
        """Takes one off the list; nothing of it is left but its outcomes, under an id that says nothing."""
        return self._connection.execute(delete(subscribers).where(subscribers.c.id == subscriber_id)).rowcount == 1

    def note_success(self, subscriber_id: str) -> None:
        """It was reached: earlier failures count no more."""
        failing = update(subscribers).where(subscribers.c.id == subscriber_id, subscribers.c.failing_since.is_not(None))
        self._connection.execute(failing.values(failing_since=None, failures=0))

    def note_failure(self, subscriber_id: str, now: datetime) -> Subscriber | None:
        """It was not reached; returns how it stands now, None if it is no longer on the list."""
        since = case((subscribers.c.failing_since.is_(None), now), else_=subscribers.c.failing_since)
        counted = {"failures": subscribers.c.failures + 1, "failing_since": since}
        failed = update(subscribers).where(subscribers.c.id == subscriber_id).values(counted)
        self._connection.execute(failed)
        return self.get(subscriber_id)

    def disable(self, subscriber_id: str, now: datetime) -> None:
        """Nothing more is sent to it until somebody enables it."""
        self._connection.execute(update(subscribers).where(subscribers.c.id == subscriber_id).values(disabled_at=now))

    def enable(self, subscriber_id: str) -> bool:
        """Told again, with a clean record; False if it is not on the list."""
        clean = {"disabled_at": None, "failing_since": None, "failures": 0}
        chosen = update(subscribers).where(subscribers.c.id == subscriber_id).values(clean)
        return self._connection.execute(chosen).rowcount == 1


_FIELDS = tuple(name for name in Subscriber.__dataclass_fields__)
_COLUMNS = [subscribers.c[name] for name in _FIELDS]
_TARGET = [subscribers.c[name] for name in SealedTarget.__dataclass_fields__]


def _sealed(target: SealedTarget) -> dict[str, Any]:
    return {name: getattr(target, name) for name in SealedTarget.__dataclass_fields__}


def _subscriber(row: Row[Any]) -> Subscriber:
    values = dict(row._mapping)
    return Subscriber(**values | {"world": _WORLDS[values["world"]], "districts": frozenset(values["districts"])})
