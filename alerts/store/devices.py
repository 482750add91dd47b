"""Residents' devices: an address (encrypted), a language, districts, choices, and nothing else (design.md §3, R20)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Select,
    String,
    Subquery,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.exc import NoResultFound
from sqlalchemy.types import NullType, TypeEngine

from alerts.home import Places
from alerts.store.bulk import INTEGER, TEXT, dialect_of, packed, rows_given
from alerts.store.device import Device, DeviceChange, DeviceRow, NewDevice, SealedAddress, Traits
from alerts.store.place_lists import followed_places, listed_places, own_places
from alerts.store.preference_text import read
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
        number = self._connection.execute(insert(devices).values(values).returning(devices.c.number)).scalar_one()
        self._add(number, dict(enumerate((districts, *further))))
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
            self._set_home(number, districts)
        if (further := values.pop("further_places", None)) is not None:
            self._set_further(number, further)
        self._connection.execute(
            update(devices).where(devices.c.number == number).values(updated_at=now, seen_at=now, **values)
        )
        return self._one(devices.c.number == number)

    def delete(self, number: int) -> bool:
        """Forgets a device with its districts. Deliveries keep the bare number, which is never used again."""
        return self._connection.execute(delete(devices).where(devices.c.number == number)).rowcount == 1

    def in_range(self, device_from: int, device_to: int, among: frozenset[str] | None = None) -> list[DeviceRow]:
        """The reachable devices of a range of numbers, both ends inclusive, in their order.

        With `among` only those that one of these districts concerns: chosen by them, or by whom they follow. One pass,
        and plain values: it runs for every tier of every push. Devices that are alike share their `Traits`; not those
        that follow others.
        """
        given: dict[str, object] = {"device_from": device_from, "device_to": device_to}
        followed = followed_places(self._connection, device_from, device_to)
        if among is not None:
            given |= packed([district] for district in among)
        rows = self._connection.execute(_in_range(dialect_of(self._connection), among is not None), given).all()
        known: dict[tuple[Any, ...], Traits] = {}
        found: list[DeviceRow] = []
        for number, kind, cipher, *stored in rows:
            alike = (*stored, number) if number in followed else tuple(stored)
            traits = known.get(alike)
            if traits is None:
                traits = known[alike] = _traits(stored, followed.get(number))
            found.append(DeviceRow(number, kind, cipher, traits))
        return found

    def places(self, number: int) -> Places:
        """All that a device is told about: its own places, and those of whom it follows."""
        listed = listed_places(dialect_of(self._connection)).where(device_districts.c.device == number)
        own = Places(own_places(self._connection.scalar(listed)))
        return _with(own, followed_places(self._connection, number, number).get(number))

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

    def _set_home(self, number: int, districts: frozenset[str]) -> None:
        self._connection.execute(_all_of(number).where(device_districts.c.place == 0))
        self._add(number, {0: districts})

    def _set_further(self, number: int, places: Sequence[frozenset[str]]) -> None:
        self._connection.execute(_all_of(number).where(device_districts.c.place > 0))
        self._add(number, dict(enumerate(places, start=1)))

    def _add(self, number: int, places: Mapping[int, frozenset[str]]) -> None:
        rows = [
            {"device": number, "place": place, "district": district}
            for place, districts in places.items()
            for district in sorted(districts)
        ]
        if rows:
            self._connection.execute(insert(device_districts), rows)


_AS_IT_IS: TypeEngine[Any] = NullType()  # what the driver gives is good enough: nothing has to be made of each value
_DEVICE = [devices.c[field.name] for field in fields(Device) if field.name not in {"districts", "further_places"}]


def _all_of(number: int) -> Delete:
    return delete(device_districts).where(device_districts.c.device == number)


def _traits(stored: Sequence[Any], followed: tuple[tuple[int, frozenset[str]], ...] | None) -> Traits:
    platform, language, normal_pushes, chosen, places = stored
    return Traits(platform, language, bool(normal_pushes), read(chosen), _with(Places(own_places(places)), followed))


def _with(own: Places, followed: tuple[tuple[int, frozenset[str]], ...] | None) -> Places:
    return own if followed is None else Places(own.own, followed)


@cache
def _in_range(dialect: str, of_districts: bool) -> Select[Any]:
    """The columns of `DeviceRow` and `Traits` as they are stored, the places in one text; NULL without any.

    Both tables are walked once, side by side, in the order of the numbers: the range stands at each of them, or a
    planner that takes it for large reads a whole table for each chunk.
    """
    homes = _homes(dialect, of_districts)
    plain = type_coerce(devices.c.platform, String), devices.c.language, type_coerce(devices.c.normal_pushes, _AS_IT_IS)
    sealed = devices.c.number, devices.c.address_kind, type_coerce(devices.c.address_cipher, _AS_IT_IS)
    chosen = select(*sealed, *plain, type_coerce(devices.c.preferences, String), homes.c.places)
    chosen = chosen.select_from(devices.join(homes, homes.c.device == devices.c.number, isouter=True))
    chosen = chosen.where(_within(devices.c.number), devices.c.reachable)
    if of_districts:
        chosen = chosen.where(or_(homes.c.wanted == 1, devices.c.number.in_(_followers(dialect))))
    return chosen.order_by(devices.c.number)


def _homes(dialect: str, of_districts: bool) -> Subquery:
    """The places of each device of a range in one text; and whether one of the given districts is among them."""
    listed = listed_places(dialect).add_columns(device_districts.c.device).where(_within(device_districts.c.device))
    if of_districts:
        is_wanted = case((device_districts.c.district.in_(_given(dialect)), 1), else_=0)
        listed = listed.add_columns(func.max(is_wanted).label("wanted"))
    return listed.group_by(device_districts.c.device).subquery("homes")


def _followers(dialect: str) -> Select[Any]:
    """The devices of a range that follow one in the given districts."""
    theirs = select(follows.c.follower).join(device_districts, device_districts.c.device == follows.c.followed)
    return theirs.where(_within(follows.c.follower), device_districts.c.district.in_(_given(dialect)))


def _given(dialect: str) -> Select[Any]:
    return select(rows_given({"district": TEXT}, dialect).c.district)


def _within(number: Column[int]) -> ColumnElement[bool]:
    return number.between(bindparam("device_from"), bindparam("device_to"))
