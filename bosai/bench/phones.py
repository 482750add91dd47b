"""Many synthetic phones in a drill world within seconds: written as rows, since registering is not what is measured."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert

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


def fill(services: Services, count: int) -> None:
    """Phones 1 to `count`, in all districts, one in ten in none. Raises `WorldMismatchError` in the live world."""
    require_drill(services.world)
    districts = [district.id for district in services.pack.districts]
    engine = engine_for(services.database.safe_url)
    for first in range(1, count + 1, _BATCH):
        numbers = range(first, min(first + _BATCH, count + 1))
        homes = [
            {"device": number, "district": districts[number % len(districts)]}
            for number in numbers
            if districts and number % _UNPLACED_EVERY
        ]
        with engine.begin() as connection:
            connection.execute(insert(devices), list(_rows(services, numbers)))
            if homes:
                connection.execute(insert(device_districts), homes)
    engine.dispose()


def _rows(services: Services, numbers: range) -> Iterator[dict[str, Any]]:
    now = services.clock.now()
    for number in numbers:
        token = f"bench-{number:08d}:".ljust(TOKEN_LENGTH, "x")
        yield {
            "number": number,
            "id": f"d{number}",
            "secret_hash": hashlib.sha256(token.encode()).hexdigest(),
            "address_kind": "token",
            "address_cipher": services.cipher.encrypt(token),
            "address_fingerprint": services.cipher.fingerprint("token", token),
            "platform": _PLATFORMS[number % len(_PLATFORMS)],
            "language": _LANGUAGES[number % len(_LANGUAGES)],
            "normal_pushes": True,
            "reachable": True,
            "created_at": now,
            "updated_at": now,
            "seen_at": now,
        }
