"""The watch over the service itself, apart from what it watches: it looks while every sender is busy."""

from collections.abc import Mapping

from celery import Celery

from alerts.service import deliver
from alerts.service.display import forget_shown
from alerts.service.no_sender import look_for_sender
from alerts.service.once import forget_keys
from alerts.service.proof import sum_up
from alerts.service.push_reach import look_for_push
from alerts.service.services import Services
from workers.heartbeat import beat
from workers.isolation import on_its_own


def register(app: Celery, services: Mapping[str, Services]) -> None:
    """Adds `watch.beat` and `watch.sweep` to the app."""

    @app.task(name="watch.beat", shared=False)
    def schedule_beat() -> None:
        """Records that the schedule's messages arrive: it stands still if the beat, the broker or every worker does."""
        beat(services["live"], "schedule")

    @app.task(name="watch.sweep", shared=False)
    def sweep() -> None:
        """Nudges what is due, drops what is over and adds up what is told, in each world; looks for the live sender."""
        for name in services:
            with on_its_own(f"the sweep of the {name} world"):
                deliver.sweep(services[name])
            with on_its_own(f"forgetting old displays of the {name} world"):
                forget_shown(services[name])
            with on_its_own(f"forgetting old registration keys of the {name} world"):
                forget_keys(services[name])
        with on_its_own("the look for the live sender"):
            look_for_sender(services["live"])
        for name in services:
            with on_its_own(f"the look whether pushes of the {name} world are taken"):
                look_for_push(services[name])
        for name in services:  # last: of all this it alone can wait
            with on_its_own(f"adding up what the {name} world was told"):
                sum_up(services[name])
