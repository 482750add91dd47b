"""Delivery chunks: a nudge says that something is due in a world, and what matters most is told first."""

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from celery import Celery

from alerts.service.deliver import deliver_next
from alerts.service.services import Services
from workers.beating import BeatingSender
from workers.heartbeat import beat
from workers.identity import worker_name

GO_ON_SECONDS = 10.0  # one nudge does the work of many, yet a worker that is to end must end within its 30 s


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `push.deliver` and `push.beat` to the app."""

    @app.task(name="push.deliver", shared=False)
    def deliver(world: str) -> None:
        """Tells what is due in this world, the most urgent first, until nothing is or some seconds have passed."""
        told = services[world]
        if not told.is_drill:  # a drill's worker is no sign of life of the one that reaches residents
            told = _beating(told)
        end = time.monotonic() + GO_ON_SECONDS
        while time.monotonic() < end:
            if deliver_next(told, worker_name()) is None:
                return

    @app.task(name="push.beat", shared=False)
    def idle() -> None:
        """Says that a worker waits for chunks; one that has some says so itself, whatever waits behind them."""
        beat(services["live"], "push")


def _beating(services: Services) -> Services:
    """The services with a sender that gives signs of life; one more now, for chunks with nothing to send."""
    alive = partial(beat, services, "push")
    alive()
    return replace(services, sender=BeatingSender(services.sender, alive))
