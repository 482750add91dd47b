"""Says that a part still does its work, so that `/health/ready` can name the one that stands still (design.md §6)."""

import logging
import time

from alerts.service.services import Services

EVERY_SECONDS = 5.0  # one small transaction in five seconds, against a detection within 120

_last: dict[tuple[str, str], float] = {}

log = logging.getLogger(__name__)


def beat(services: Services, part: str) -> None:
    """Records the heartbeat of `part`, unless this process did so a moment ago.

    Never raises: the work that it tells of goes on, and one that cannot be written is seen by its absence.
    """
    key, now = (services.world.name, part), time.monotonic()
    if now - _last.get(key, -EVERY_SECONDS) < EVERY_SECONDS:
        return
    _last[key] = now
    try:
        with services.database.write() as uow:
            uow.heartbeats.beat(part, services.clock.now(), {})
    except Exception as error:  # noqa: BLE001 - whatever keeps it from being written must not end a fan-out
        log.warning("the sign of life of %s could not be written: %s", part, error)
