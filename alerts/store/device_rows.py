"""What a fan-out reads of the devices of a range of numbers: one pass, and plain values."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    bindparam,
    case,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType, TypeEngine

from alerts.home import Places
from alerts.store.bulk import TEXT, dialect_of, packed, rows_given
from alerts.store.device import DeviceRow, Traits
from alerts.store.place_lists import followed_places, listed_places, own_places, with_followed
from alerts.store.preference_text import read
from alerts.store.tables import device_districts, devices, follows

_AS_IT_IS: TypeEngine[Any] = NullType()  # what the driver gives is good enough: nothing has to be made of each value


def rows_in_range(
    connection: Connection, device_from: int, device_to: int, among: frozenset[str] | None
) -> list[DeviceRow]:
    """The reachable devices of a range of numbers, both ends inclusive, in their order.

    With `among` only those that one of these districts concerns: chosen by them, or by whom they follow. One pass,
    and plain values: it runs for every tier of every push. Devices that are alike share their `Traits`; not those
    that follow others.
    """
    given: dict[str, object] = {"device_from": device_from, "device_to": device_to}
    followed = followed_places(connection, device_from, device_to)
    if among is not None:
        given |= packed([district] for district in among)
    rows = connection.execute(_in_range(dialect_of(connection), among is not None), given).all()
    known: dict[tuple[Any, ...], Traits] = {}
    found: list[DeviceRow] = []
    for number, kind, cipher, *stored in rows:
        alike = (*stored, number) if number in followed else tuple(stored)
        traits = known.get(alike)
        if traits is None:
            traits = known[alike] = _traits(stored, followed.get(number))
        found.append(DeviceRow(number, kind, cipher, traits))
    return found


def _traits(stored: Sequence[Any], followed: tuple[tuple[int, frozenset[str]], ...] | None) -> Traits:
    platform, language, normal_pushes, chosen, places = stored
    where = with_followed(Places(own_places(places)), followed)
    return Traits(platform, language, bool(normal_pushes), read(chosen), where)


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
