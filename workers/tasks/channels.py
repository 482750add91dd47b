"""The second channel: each second whatever is due to the list goes out, each world by a worker of its own (R1)."""

from collections.abc import Mapping

from celery import Celery

from alerts.service.channels import dispatch
from alerts.service.services import Services
from workers.heartbeat import beat
from workers.identity import worker_name


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `channels.live` and `channels.drill` to the app."""

    @app.task(name="channels.live", shared=False)
    def tell() -> None:
        """Tells the live list what is due."""
        beat(services["live"], "channels")
        dispatch(services["live"], worker_name())

    @app.task(name="channels.drill", shared=False)
    def tell_in_drill() -> None:
        """Tells the drill's list what is due."""
        dispatch(services["drill"], worker_name())
