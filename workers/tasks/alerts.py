"""What moves by time: steps of drills, withheld followers, events that run out."""

from collections.abc import Mapping

from celery import Celery

from alerts.service import drill
from alerts.service.services import Services
from alerts.service.settle import settle
from workers.heartbeat import beat


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `alerts.advance` to the app."""

    @app.task(name="alerts.advance", shared=False)
    def advance() -> None:
        """Plays the drill steps that are due, in the drill world only (R1), and settles both worlds."""
        drill.advance(services["drill"])
        for world in services.values():
            settle(world)
        beat(services["live"], "alerts")
