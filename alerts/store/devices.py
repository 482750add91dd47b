"""Residents' devices: an address (encrypted), a language, districts, choices, and nothing else (design.md §3, R20)."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import NoResultFound

from alerts.home import Places
from alerts.store.bulk import INTEGER, dialect_of, packed, rows_given
from alerts.store.device import Device, DeviceChange, DeviceRow, NewDevice, SealedAddress
from alerts.store.device_rows import rows_in_range
from alerts.store.place_lists import followed_places, listed_places, own_places, with_followed
from alerts.store.place_rows import add_places, set_further, set_home
from alerts.store.rows import values_of
from alerts.store.tables import device_districts, devices, follows


class DeviceRepository:
    """The devices of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, device: NewDevice, now: datetime) -> Device:
        """Registers a device. Raises `IntegrityError` if its id, secret or address is registered already."""
        values = values_of(device) | {"reachable": True, "created_at": now, "updated_at": now, "seen_at": now}
        values |= values_of(values.pop("address"))
        districts, further = values.pop("districts"), values.pop("further_places")
        number = self._connection.execute(_ADD, values).scalar_one()
        add_places(self._connection, number, dict(enumerate((districts, *further))))
        stored = values | {"number": number, "districts": districts, "further_places": further}
        return Device(
            **{field.name: stored[field.name] for field in fields(Device)}
        )  # not read again: many come at once

    def by_secret(self, secret_hash: str) -> Device | None:
        """The device that shows this secret."""
        return self._find(devices.c.secret_hash == secret_hash)

    def by_id(self, device_id: str) -> Device | None:
        """The device of a public id."""
        return self._find(devices.c.id == device_id)

    def by_address(self, fingerprints: Sequence[str]) -> list[Device]:
        """The devices registered under an address, by its keyed hashes: one, or more while the key changes."""
        numbers = self._connection.scalars(_OF_ADDRESS, {"fingerprints": fingerprints}).all()
        return [self._one(devices.c.number == number) for number in numbers]

    def sealed_after(self, number: int, limit: int) -> list[tuple[int, SealedAddress]]:
        """Addresses of the devices after a number, in their order: for a walk through all of them."""
        columns = devices.c.address_kind, devices.c.address_cipher, devices.c.address_fingerprint
        chosen = select(devices.c.number, *columns).where(devices.c.number > number)
        rows = self._connection.execute(chosen.order_by(devices.c.number).limit(limit))
        return [(found, SealedAddress(*sealed)) for found, *sealed in rows]

    def reseal(self, number: int, old: SealedAddress, new: SealedAddress) -> bool:
        """The same address, sealed anew; False if the device has another by now. It counts as no change of the device.

        Raises `IntegrityError` if another device has the address.
        """
        same = devices.c.number == number, devices.c.address_cipher == old.address_cipher
        return self._connection.execute(update(devices).where(*same).values(values_of(new))).rowcount == 1

    def saw(self, number: int, now: datetime) -> None:
        """The phone was heard of."""
        self._connection.execute(update(devices).where(devices.c.number == number).values(seen_at=now))

    def counts(self, seen_before: datetime) -> tuple[int, int, int]:
        """How many devices there are, how many of them are unreachable, and how many of the others are silent since."""
        gone = func.count().filter(~devices.c.reachable)
        silent = func.count().filter(devices.c.reachable, devices.c.seen_at < seen_before)
        known, unreachable, stale = self._connection.execute(select(func.count(), gone, silent)).one()
        return known, unreachable, stale

    def update(self, number: int, change: DeviceChange, now: datetime) -> Device:
        """Changes a device; raises `NoResultFound` if it is gone, `IntegrityError` if another has the new address."""
        values: dict[str, Any] = {name: value for name, value in values_of(change).items() if value is not None}
        if (address := values.pop("address", None)) is not None:
            values |= values_of(address) | {"reachable": True}
        if (districts := values.pop("districts", None)) is not None:
            set_home(self._connection, number, districts)
        if (further := values.pop("further_places", None)) is not None:
            set_further(self._connection, number, further)
        self._connection.execute(
            update(devices).where(devices.c.number == number).values(updated_at=now, seen_at=now, **values)
        )
        return self._one(devices.c.number == number)

    def delete(self, number: int) -> bool:
        """Forgets a device with its districts. Deliveries keep the bare number, which is never used again."""
        return self._connection.execute(delete(devices).where(devices.c.number == number)).rowcount == 1

    def in_range(self, device_from: int, device_to: int, among: frozenset[str] | None = None) -> list[DeviceRow]:
        """The reachable devices of a range of numbers, in their order; see `rows_in_range`."""
        return rows_in_range(self._connection, device_from, device_to, among)

    def places(self, number: int) -> Places:
        """All that a device is told about: its own places, and those of whom it follows."""
        listed = listed_places(dialect_of(self._connection)).where(device_districts.c.device == number)
        own = Places(own_places(self._connection.scalar(listed)))
        return with_followed(own, followed_places(self._connection, number, number).get(number))

    def places_changed_at(self, device: Device) -> datetime:
        """When what it is told about was changed last: by its owner, or by whom it follows."""
        theirs = select(func.max(devices.c.updated_at, type_=devices.c.updated_at.type))
        chosen = theirs.join(follows, follows.c.followed == devices.c.number).where(follows.c.follower == device.number)
        return max(device.updated_at, self._connection.scalar(chosen) or device.updated_at)

    def in_district(self, district: str) -> list[int]:
        """The numbers of the devices that are registered in a district now."""
        chosen = select(device_districts.c.device).where(device_districts.c.district == district)
        return list(self._connection.scalars(chosen.distinct().order_by(device_districts.c.device)))

    def number_range(self) -> tuple[int, int] | None:
        """The smallest and the largest device number; None without devices."""
        first, last = self._connection.execute(select(func.min(devices.c.number), func.max(devices.c.number))).one()
        return None if first is None else (first, last)

    def mark_unreachable(self, numbers: Iterable[int], unchanged_since: datetime) -> None:
        """Notes that the provider knows these addresses no more; a new address makes a device reachable again.

        A device that changed after `unchanged_since`, when its address was read, has a new one: it stays reachable.
        """
        gone = rows_given({"number": INTEGER}, dialect_of(self._connection))
        same = update(devices).where(devices.c.number == gone.c.number, devices.c.updated_at <= unchanged_since)
        self._connection.execute(same.values(reachable=False), packed([number] for number in numbers))

    def count(self) -> int:
        """How many devices are registered."""
        return self._connection.execute(select(func.count()).select_from(devices)).scalar_one()

    def _find(self, condition: ColumnElement[bool]) -> Device | None:
        row = self._connection.execute(select(*_DEVICE).where(condition)).one_or_none()
        if row is None:
            return None
        places = listed_places(dialect_of(self._connection)).where(device_districts.c.device == row.number)
        home, *further = own_places(self._connection.scalar(places))
        return Device(**row._mapping, districts=home, further_places=tuple(further))

    def _one(self, condition: ColumnElement[bool]) -> Device:
        device = self._find(condition)
        if device is None:
            raise NoResultFound("no such device: it was deleted")
        return device


_DEVICE = [devices.c[field.name] for field in fields(Device) if field.name not in {"districts", "further_places"}]
# A newspaper names the app and hundreds register in a second: these are built once.
_ADD = insert(devices).returning(devices.c.number)
_OF_ADDRESS = (
    select(devices.c.number)
    .where(devices.c.address_fingerprint.in_(bindparam("fingerprints", expanding=True)))
    .order_by(devices.c.number)
)
