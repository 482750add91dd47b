"""What moves by time: the steps of drills."""

from collections.abc import Mapping

from celery import Celery

from alerts.service import drill
from alerts.service.services import Services
from workers.heartbeat import beat


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `alerts.advance` to the app."""

    @app.task(name="alerts.advance", shared=False)
    def advance() -> None:
        """Plays the drill steps that are due, in the drill world only (R1)."""
        drill.advance(services["drill"])
        beat(services["live"], "alerts")
