"""What moves by time: steps of drills, withheld followers, events that run out, orders proposed to the office."""

from collections.abc import Mapping

from celery import Celery

from alerts.service import drill
from alerts.service.office import tick
from alerts.service.propose import propose
from alerts.service.services import Services
from alerts.service.settle import settle
from workers.heartbeat import beat
from workers.isolation import on_its_own


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `alerts.advance` to the app."""

    @app.task(name="alerts.advance", shared=False)
    def advance() -> None:
        """Settles the live world, then plays and settles the drill world (R1): what fails there stops nothing here."""
        with on_its_own("settling the live world"):
            settle(services["live"])
            beat(services["live"], "alerts")  # only then: a live world that does not settle must be noticed
        with on_its_own("proposing orders in the live world"):
            propose(services["live"])
        with on_its_own("ending the office's notices in the live world"):
            tick.tick(services["live"])
        with on_its_own("playing the drill"):
            drill.advance(services["drill"])
        with on_its_own("settling the drill world"):
            settle(services["drill"])
        with on_its_own("proposing orders in the drill world"):
            propose(services["drill"])
        with on_its_own("ending the office's notices in the drill world"):
            tick.tick(services["drill"])
