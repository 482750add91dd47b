"""Many synthetic phones in a drill world within seconds: written as rows, since registering is not what is measured."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, insert

from alerts.ports import Platform
from alerts.service.services import Services
from alerts.store.engine import engine_for
from alerts.store.tables import device_districts, devices
from alerts.world import require_drill
from bosai.bench.cargo import TOKEN_LENGTH

_LANGUAGES = ("ja", "ja", "ja", "ja", "en")
_PLATFORMS = (Platform.ANDROID, Platform.IOS)
_UNPLACED_EVERY = 10
_BATCH = 5_000


def fill(services: Services, count: int, *, have: int = 0) -> None:
    """Phones up to number `count`, in all districts, one in ten in none; those up to `have` are there already.

    Raises `WorldMismatchError` in the live world.
    """
    require_drill(services.world)
    engine = engine_for(services.database.safe_url)
    for first in range(have + 1, count + 1, _BATCH):
        numbers = range(first, min(first + _BATCH, count + 1))
        with engine.begin() as connection:
            _write(connection, devices, _DEVICE, _phones(services, numbers))
            _write(connection, device_districts, _HOME, _homes(services, numbers))
    if engine.dialect.name == "postgresql":  # as the server does by itself within a minute of such a change
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE devices, device_districts")
    engine.dispose()


def _write(connection: Connection, table: Table, columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> None:
    """PostgreSQL takes them by COPY, several times as fast as by INSERT."""
    if connection.dialect.name == "sqlite":
        given = [dict(zip(columns, row, strict=True)) for row in rows]
        if given:
            connection.execute(insert(table), given)
        return
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection to PostgreSQL was closed while phones were written")
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


_HOME = ("device", "place", "district")
_DEVICE = (
    "number",
    "id",
    "secret_hash",
    "address_kind",
    "address_cipher",
    "address_fingerprint",
    "platform",
    "language",
    "normal_pushes",
    "reachable",
    "created_at",
    "updated_at",
    "seen_at",
)


def _phones(services: Services, numbers: range) -> Iterator[tuple[object, ...]]:
    now = services.clock.now()
    return (_phone(services, number, now) for number in numbers)


def _phone(services: Services, number: int, now: datetime) -> tuple[object, ...]:
    """One row, in the order of `_DEVICE`."""
    token = f"bench-{number:08d}:".ljust(TOKEN_LENGTH, "x")
    return (
        number,
        f"d{number}",
        hashlib.sha256(token.encode()).hexdigest(),
        "token",
        services.cipher.encrypt(token),
        services.cipher.fingerprint("token", token),
        _PLATFORMS[number % len(_PLATFORMS)].value,
        _LANGUAGES[number % len(_LANGUAGES)],
        True,
        True,
        now,
        now,
        now,
    )


def _homes(services: Services, numbers: range) -> Iterator[tuple[object, ...]]:
    districts = [district.id for district in services.pack.districts]
    homes = ((number, 0, districts[number % len(districts)]) for number in numbers if number % _UNPLACED_EVERY)
    return homes if districts else iter(())
