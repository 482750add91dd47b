"""What runs every second, and the scheduler that says so: in memory, with no file that can be cut off."""

import logging
from typing import Any

from celery.beat import ScheduleEntry, Scheduler, SchedulingError
from kombu import Producer

from workers.queues import ALERTS, CHANNELS, DRILL, FEEDS, PUSH, WATCH

TICK_SECONDS = 1.0
WAITING_LIMIT = 10  # ticks of one queue; more would only pile up while its workers are away
STALE_SECONDS = 5  # a tick that waited longer is dropped when it is taken: a newer one follows it

TICKS = {
    "feeds.poll": FEEDS,
    "alerts.advance": ALERTS,
    "push.beat": PUSH,
    "channels.live": CHANNELS,
    "channels.drill": DRILL,  # with the drill's pushes: what hangs there keeps no live letter waiting (R1)
    "watch.beat": WATCH,
    "watch.sweep": WATCH,  # not where chunks are delivered: it would wait behind them
}
BEAT_SCHEDULE = {
    task: {
        "task": task,
        "schedule": TICK_SECONDS,
        "options": {"queue": queue, "expires": STALE_SECONDS, "retry": False},
    }
    for task, queue in TICKS.items()
}

log = logging.getLogger(__name__)


class BoundedScheduler(Scheduler):
    """Sends a tick only while few messages wait in its queue: days without a worker must not fill the broker."""

    def apply_entry(self, entry: ScheduleEntry, producer: Producer | None = None) -> None:
        """Sends the entry's task, or nothing where its workers are behind or the broker is away; never raises."""
        sender: Any = producer or self.producer  # kombu's stubs know no transport's own channel
        queue = (entry.options or {})["queue"]
        try:
            if sender.channel._size(queue) < WAITING_LIMIT:  # the one question that does not create the queue
                self.apply_async(entry, producer=sender, advance=False)
        except (*sender.connection.connection_errors, SchedulingError) as error:
            log.warning("%s was not sent: %s", entry.task, error)
