"""Says through Celery that a chunk is due (design.md §2.6)."""

import logging

from celery import Celery

from workers.queues import DELIVER

log = logging.getLogger(__name__)


class CeleryNudge:
    """Implements `Nudge`: one try that lasts seconds at most, since losing a nudge loses nothing."""

    def __init__(self, publisher: Celery, world: str) -> None:
        self._publisher = publisher
        self._world = world

    def chunk_due(self, chunk_id: int) -> None:
        """Sends `push.deliver`; a broker that does not take it is logged, and the sweeper nudges again."""
        try:
            self._publisher.send_task(
                "push.deliver", args=(self._world, chunk_id), queue=DELIVER[self._world], retry=False
            )
        except Exception as error:  # noqa: BLE001 - never raises: an alert is committed, whatever the broker does (R28)
            log.warning("chunk %d (%s): the broker did not take the nudge: %s", chunk_id, self._world, error)
