"""Delivery chunks: one told, and the sweep that nudges what was forgotten."""

from collections.abc import Mapping

from celery import Celery

from alerts.service import deliver
from alerts.service.services import Services
from workers.heartbeat import beat
from workers.identity import worker_name


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `push.deliver` and `push.sweep` to the app."""

    @app.task(name="push.deliver", shared=False)
    def deliver_chunk(world: str, chunk_id: int) -> None:
        """Tells the devices of one chunk; does nothing if another worker has it or it is done."""
        deliver.deliver_chunk(services[world], chunk_id, worker_name())

    @app.task(name="push.sweep", shared=False)
    def sweep() -> None:
        """Nudges again whatever is due. Runs where chunks are delivered: its heartbeat is the senders'."""
        for world in services.values():
            deliver.sweep(world)
        beat(services["live"], "push")
