"""The places of a device as rows: 0 is its home, the others are further ones; each has districts."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert

from alerts.store.tables import device_districts

_ADD = insert(device_districts)  # for every phone that registers


def set_home(connection: Connection, number: int, districts: frozenset[str]) -> None:
    """Puts a device's home in place of what it was."""
    _clear(connection, number, device_districts.c.place == 0)
    add_places(connection, number, {0: districts})


def set_further(connection: Connection, number: int, places: Sequence[frozenset[str]]) -> None:
    """Puts a device's further places in place of all it had."""
    _clear(connection, number, device_districts.c.place > 0)
    add_places(connection, number, dict(enumerate(places, start=1)))


def add_places(connection: Connection, number: int, places: Mapping[int, frozenset[str]]) -> None:
    """Adds places that a device does not have yet; one without districts is the whole city and has no row."""
    rows = [
        {"device": number, "place": place, "district": district}
        for place, districts in places.items()
        for district in sorted(districts)
    ]
    if rows:
        connection.execute(_ADD, rows)


def _clear(connection: Connection, number: int, which: ColumnElement[bool]) -> None:
    connection.execute(delete(device_districts).where(device_districts.c.device == number, which))
