"""Delivery chunks: a nudge says that something is due in a world, and what matters most is told first."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from celery import Celery

from alerts.service.deliver import deliver
from alerts.service.services import Services
from workers.beating import BeatingSender
from workers.heartbeat import beat
from workers.identity import worker_name


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `push.deliver` and `push.beat` to the app."""

    @app.task(name="push.deliver", shared=False)
    def tell(world: str) -> None:
        """Tells what is due in this world, the most urgent first, until nothing is or some seconds have passed."""
        told = services[world]
        if not told.is_drill:  # a drill's worker is no sign of life of the one that reaches residents
            told = _beating(told)
        deliver(told, worker_name())

    @app.task(name="push.beat", shared=False)
    def idle() -> None:
        """Says that a worker waits for chunks, ready to send; one that has some says so itself."""
        beat(services["live"], "push")
        services["live"].sender.keep_ready()


def _beating(services: Services) -> Services:
    """The services with a sender that gives signs of life; one more now, for chunks with nothing to send."""
    alive = partial(beat, services, "push")
    alive()
    return replace(services, sender=BeatingSender(services.sender, alive))
