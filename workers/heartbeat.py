"""Says that a part still does its work, so that `/health/ready` can name the one that stands still (design.md §6)."""

import time

from alerts.service.services import Services

EVERY_SECONDS = 5.0  # one small transaction in five seconds, against a detection within 120

_last: dict[tuple[str, str], float] = {}


def beat(services: Services, part: str) -> None:
    """Records the heartbeat of `part`, unless this process did so a moment ago."""
    key, now = (services.world.name, part), time.monotonic()
    if now - _last.get(key, -EVERY_SECONDS) < EVERY_SECONDS:
        return
    with services.database.write() as uow:
        uow.heartbeats.beat(part, services.clock.now(), {})
    _last[key] = now
