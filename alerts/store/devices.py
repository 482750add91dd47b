"""Residents' devices: an address (encrypted), a language, districts, choices, and nothing else (design.md §3, R20)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    type_coerce,
    update,
)
from sqlalchemy.exc import NoResultFound

from alerts.store.bulk import INTEGER, TEXT, dialect_of, packed, rows_given
from alerts.store.device import Device, DeviceChange, DeviceRow, NewDevice, SealedAddress
from alerts.store.rows import values_of
from alerts.store.tables import device_districts, devices


class DeviceRepository:
    """The devices of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, device: NewDevice, now: datetime) -> Device:
        """Registers a device. Raises `IntegrityError` if its id, secret or address is registered already."""
        values = values_of(device) | {"reachable": True, "created_at": now, "updated_at": now, "seen_at": now}
        values |= values_of(values.pop("address"))
        districts = values.pop("districts")
        number = self._connection.execute(insert(devices).values(values).returning(devices.c.number)).scalar_one()
        if districts:
            self._add_districts(number, districts)
        stored = values | {"number": number, "districts": districts}  # not read again: thousands register at once
        return Device(**{field.name: stored[field.name] for field in fields(Device)})

    def by_secret(self, secret_hash: str) -> Device | None:
        """The device that shows this secret."""
        return self._find(devices.c.secret_hash == secret_hash)

    def by_id(self, device_id: str) -> Device | None:
        """The device of a public id."""
        return self._find(devices.c.id == device_id)

    def by_address(self, fingerprints: Sequence[str]) -> list[Device]:
        """The devices registered under an address, by its keyed hashes: one, or more while the key changes."""
        chosen = select(devices.c.number).where(devices.c.address_fingerprint.in_(fingerprints))
        numbers = self._connection.scalars(chosen.order_by(devices.c.number)).all()
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
            self._set_districts(number, districts)
        self._connection.execute(
            update(devices).where(devices.c.number == number).values(updated_at=now, seen_at=now, **values)
        )
        return self._one(devices.c.number == number)

    def delete(self, number: int) -> bool:
        """Forgets a device with its districts. Deliveries keep the bare number, which is never used again."""
        return self._connection.execute(delete(devices).where(devices.c.number == number)).rowcount == 1

    def in_range(self, device_from: int, device_to: int, among: frozenset[str] | None = None) -> list[DeviceRow]:
        """The reachable devices of a range of numbers, both ends inclusive, in their order.

        With `among` only those that have chosen one of these districts. One pass, and plain values: it runs for every
        tier of every push. Devices with the same districts share one set of them.
        """
        given: dict[str, object] = {"device_from": device_from, "device_to": device_to}
        if among is not None:
            given |= packed([district] for district in among)
        rows = self._connection.execute(_in_range(dialect_of(self._connection), among is not None), given).all()
        sets: dict[str | None, frozenset[str]] = {None: _NOWHERE}
        sets |= {text: frozenset(text.split(_BETWEEN)) for text in {row[-1] for row in rows} if text is not None}
        return [
            DeviceRow(number, kind, cipher, platform, language, normal, sets[text])
            for number, kind, cipher, platform, language, normal, text in rows
        ]

    def in_district(self, district: str) -> list[int]:
        """The numbers of the devices that are registered in a district now."""
        chosen = select(device_districts.c.device).where(device_districts.c.district == district)
        return list(self._connection.scalars(chosen.order_by(device_districts.c.device)))

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
        districts = self._districts(device_districts.c.device == row.number)
        return Device(**row._mapping, districts=districts.get(row.number, _NOWHERE))

    def _one(self, condition: ColumnElement[bool]) -> Device:
        device = self._find(condition)
        if device is None:
            raise NoResultFound("no such device: it was deleted")
        return device

    def _districts(self, condition: ColumnElement[bool]) -> dict[int, frozenset[str]]:
        chosen = select(device_districts.c.device, device_districts.c.district).where(condition)
        found: dict[int, set[str]] = defaultdict(set)
        for device, district in self._connection.execute(chosen):
            found[device].add(district)
        return {device: frozenset(districts) for device, districts in found.items()}

    def _set_districts(self, number: int, districts: frozenset[str]) -> None:
        self._connection.execute(delete(device_districts).where(device_districts.c.device == number))
        if districts:
            self._add_districts(number, districts)

    def _add_districts(self, number: int, districts: frozenset[str]) -> None:
        rows = [{"device": number, "district": district} for district in sorted(districts)]
        self._connection.execute(insert(device_districts), rows)


_NOWHERE: frozenset[str] = frozenset()
_DEVICE = [devices.c[field.name] for field in fields(Device) if field.name != "districts"]
_BETWEEN = "\n"  # no district's id holds a line break


@cache
def _in_range(dialect: str, of_districts: bool) -> Select[Any]:
    """The columns of `DeviceRow` as they are stored, the districts in one text; NULL without any."""
    listing = func.group_concat if dialect == "sqlite" else func.string_agg
    text = listing(device_districts.c.district, literal_column(f"'{_BETWEEN}'"))
    districts = select(text).where(device_districts.c.device == devices.c.number).scalar_subquery()
    platform = type_coerce(devices.c.platform, String)
    sealed = devices.c.number, devices.c.address_kind, devices.c.address_cipher
    among = devices.c.number.between(bindparam("device_from"), bindparam("device_to"))
    chosen = select(*sealed, platform, devices.c.language, devices.c.normal_pushes, districts).where(among)
    if of_districts:
        wanted = rows_given({"district": TEXT}, dialect)
        within = device_districts.c.device.between(bindparam("device_from"), bindparam("device_to"))
        there = select(device_districts.c.device).where(
            within, device_districts.c.district.in_(select(wanted.c.district))
        )
        chosen = chosen.where(devices.c.number.in_(there))
    return chosen.where(devices.c.reachable).order_by(devices.c.number)
