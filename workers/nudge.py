"""Says through Celery that a chunk is due (design.md §2.6)."""

import logging
import time

from celery import Celery

from workers.queues import DELIVER

PAUSE_SECONDS = 2.0  # after a failure: 47 chunks of one alert must not wait for a silent broker one by one

log = logging.getLogger(__name__)


class CeleryNudge:
    """Implements `Nudge`: one try that lasts 2 s at most, since losing a nudge loses nothing."""

    def __init__(self, publisher: Celery, world: str) -> None:
        self._publisher = publisher
        self._world = world
        self._quiet_until = 0.0

    def chunk_due(self, chunk_id: int) -> None:
        """Sends `push.deliver`; a broker that does not take it is logged, and the sweeper nudges again."""
        if time.monotonic() < self._quiet_until:
            return
        queue = DELIVER[self._world]
        try:
            self._publisher.send_task("push.deliver", args=(self._world,), queue=queue, retry=False)
        except Exception as error:  # noqa: BLE001 - never raises: an alert is committed, whatever the broker does (R28)
            self._quiet_until = time.monotonic() + PAUSE_SECONDS
            log.warning("chunk %d (%s): the broker did not take the nudge: %s", chunk_id, self._world, error)
