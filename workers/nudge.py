"""Says through Celery that a chunk is due (design.md §2.6)."""

import logging
import time

from celery import Celery

from workers.queues import DELIVER

PAUSE_SECONDS = 2.0  # after a failure: 47 chunks of one alert must not wait for a silent broker one by one
ENOUGH = 8  # nudges a moment: each wakes a worker, and one that is awake takes whatever is due
MOMENT_SECONDS = 0.5

log = logging.getLogger(__name__)


class CeleryNudge:
    """Implements `Nudge`: one try that lasts 2 s at most, since losing a nudge loses nothing."""

    def __init__(self, publisher: Celery, world: str) -> None:
        self._publisher = publisher
        self._world = world
        self._quiet_until = 0.0
        self._moment = 0.0  # when the nudges began that are counted
        self._nudged = 0

    def chunk_due(self, chunk_id: int) -> None:
        """Sends `push.deliver`; a broker that does not take it is logged, and the sweeper nudges again."""
        now = time.monotonic()
        if now < self._quiet_until or not self._wakes_somebody(now):
            return
        queue = DELIVER[self._world]
        try:
            self._publisher.send_task("push.deliver", args=(self._world,), queue=queue, retry=False)
        except Exception as error:  # noqa: BLE001 - never raises: an alert is committed, whatever the broker does (R28)
            self._quiet_until = time.monotonic() + PAUSE_SECONDS
            log.warning("chunk %d (%s): the broker did not take the nudge: %s", chunk_id, self._world, error)

    def _wakes_somebody(self, now: float) -> bool:
        """Whether this is one of the first nudges of the moment: a city has hundreds of chunks, and few workers."""
        if now - self._moment > MOMENT_SECONDS:
            self._moment, self._nudged = now, 0
        self._nudged += 1
        return self._nudged <= ENOUGH
