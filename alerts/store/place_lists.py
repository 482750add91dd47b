"""The places of phones, each phone's in one text: what is the same text is read once."""

from collections import defaultdict
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, String, cast, func, literal_column, select

from alerts.home import Part, Places
from alerts.store.tables import device_districts, follows

_BETWEEN = "\n"  # no district's id holds a line break
_NOWHERE: Part = frozenset()


@cache
def listed_places(dialect: str) -> Select[Any]:
    """The districts of chosen rows with the numbers of their places, as one text; NULL without any."""
    listing = func.group_concat if dialect == "sqlite" else func.string_agg
    district = cast(device_districts.c.place, String) + ":" + device_districts.c.district
    return select(listing(district, literal_column(f"'{_BETWEEN}'")).label("places"))


def own_places(text: str | None) -> tuple[Part, ...]:
    """The places of a text by number, home first; one that has no district is the whole city."""
    if text is None:
        return (_NOWHERE,)
    places: dict[int, set[str]] = defaultdict(set)
    for listed in text.split(_BETWEEN):
        place, _, district = listed.partition(":")
        places[int(place)].add(district)
    return tuple(frozenset(places.get(number, ())) for number in range(max(places) + 1))


def followed_places(
    connection: Connection, device_from: int, device_to: int
) -> dict[int, tuple[tuple[int, Part], ...]]:
    """By follower of a range of numbers: the places of whom it follows, with its own number for each of them."""
    places = listed_places(connection.dialect.name)
    theirs = places.where(device_districts.c.device == follows.c.followed).scalar_subquery()
    chosen: Select[Any] = select(follows.c.follower, follows.c.place, theirs).order_by(follows.c.place)
    found: dict[int, list[tuple[int, Part]]] = defaultdict(list)
    for follower, number, text in connection.execute(chosen.where(follows.c.follower.between(device_from, device_to))):
        found[follower] += ((number, part) for part in own_places(text))
    return {follower: tuple(parts) for follower, parts in found.items()}


def with_followed(own: Places, followed: tuple[tuple[int, frozenset[str]], ...] | None) -> Places:
    """A device's own places, and those of whom it follows, if it follows anybody."""
    return own if followed is None else Places(own.own, followed)
