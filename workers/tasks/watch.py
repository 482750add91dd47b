"""The watch over the service itself."""

from collections.abc import Mapping

from celery import Celery

from alerts.service.services import Services
from workers.heartbeat import beat


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `watch.beat` to the app."""

    @app.task(name="watch.beat", shared=False)
    def schedule_beat() -> None:
        """Records that the schedule's messages arrive: it stands still if the beat, the broker or every worker does."""
        beat(services["live"], "schedule")
