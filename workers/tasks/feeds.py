"""Polling JMA's feeds."""

from collections.abc import Mapping
from dataclasses import dataclass

from celery import Celery

from alerts.ports import FeedReader
from alerts.service.feeds import FeedSettings, poll_due
from alerts.service.services import Services
from workers.heartbeat import beat


@dataclass(frozen=True, slots=True)
class Polling:
    """What polling needs besides the services."""

    reader: FeedReader
    settings: FeedSettings


def register(app: Celery, services: Mapping[str, Services], polling: Polling | None) -> None:
    """Adds `feeds.poll` to the app. Without `polling` it only says that a worker would be there."""

    @app.task(name="feeds.poll", shared=False)
    def poll() -> None:
        """Polls the feeds that are due, into the live world only: a drill hears nothing but its script (R1)."""
        beat(services["live"], "feeds")
        if polling is not None:
            poll_due(services["live"], polling.reader, polling.settings)
