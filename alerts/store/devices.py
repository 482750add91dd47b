"""Residents' devices: an address (encrypted), a language, districts, choices, and nothing else (design.md §3, R20)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.exc import NoResultFound

from alerts.store.bulk import INTEGER, rows_given
from alerts.store.device import Device, DeviceChange, DeviceRow, NewDevice
from alerts.store.rows import values_of
from alerts.store.tables import device_districts, devices


class DeviceRepository:
    """The devices of one world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, device: NewDevice, now: datetime) -> Device:
        """Registers a device. Raises `IntegrityError` if its id, secret or address is registered already."""
        values = values_of(device) | {"reachable": True, "created_at": now, "updated_at": now}
        values |= values_of(values.pop("address"))
        districts = values.pop("districts")
        number = self._connection.execute(insert(devices).values(values).returning(devices.c.number)).scalar_one()
        self._set_districts(number, districts)
        return self._one(devices.c.number == number)

    def by_secret(self, secret_hash: str) -> Device | None:
        """The device that shows this secret."""
        return self._find(devices.c.secret_hash == secret_hash)

    def by_id(self, device_id: str) -> Device | None:
        """The device of a public id."""
        return self._find(devices.c.id == device_id)

    def by_address(self, fingerprint: str) -> Device | None:
        """The device registered under an address, by the address's keyed hash."""
        return self._find(devices.c.address_fingerprint == fingerprint)

    def update(self, number: int, change: DeviceChange, now: datetime) -> Device:
        """Changes a device; raises `NoResultFound` if it is gone, `IntegrityError` if another has the new address."""
        values: dict[str, Any] = {name: value for name, value in values_of(change).items() if value is not None}
        if (address := values.pop("address", None)) is not None:
            values |= values_of(address) | {"reachable": True}
        if (districts := values.pop("districts", None)) is not None:
            self._set_districts(number, districts)
        self._connection.execute(update(devices).where(devices.c.number == number).values(updated_at=now, **values))
        return self._one(devices.c.number == number)

    def delete(self, number: int) -> bool:
        """Forgets a device with its districts. Deliveries keep the bare number, which is never used again."""
        return self._connection.execute(delete(devices).where(devices.c.number == number)).rowcount == 1

    def in_range(self, device_from: int, device_to: int) -> list[DeviceRow]:
        """The reachable devices of a range of numbers, both ends inclusive, in their order."""
        among = device_districts.c.device.between(device_from, device_to)
        districts = self._districts(among)
        reachable = select(*_ROW).where(devices.c.number.between(device_from, device_to), devices.c.reachable)
        rows = self._connection.execute(reachable.order_by(devices.c.number))
        return [
            DeviceRow(number, kind, cipher, platform, language, normal_pushes, districts.get(number, _NOWHERE))
            for number, kind, cipher, platform, language, normal_pushes in rows
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
        gone = rows_given(self._connection, {"number": INTEGER}, ([number] for number in numbers))
        same = update(devices).where(devices.c.number == gone.c.number, devices.c.updated_at <= unchanged_since)
        self._connection.execute(same.values(reachable=False))

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
            rows = [{"device": number, "district": district} for district in sorted(districts)]
            self._connection.execute(insert(device_districts), rows)


_NOWHERE: frozenset[str] = frozenset()
_DEVICE = [devices.c[field.name] for field in fields(Device) if field.name != "districts"]
_ROW = [devices.c[field.name] for field in fields(DeviceRow) if field.name != "districts"]
