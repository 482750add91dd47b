"""The parts of a running service and the command of each: `bosai serve` runs them all, `bosai run` one of them."""

import sys
from collections.abc import Callable

from bosai import embedded
from bosai.processes import Part
from bosai.settings import Settings, child_environment

FAKE_FCM_FOLDER = "fake-fcm"
DELIVERING = ("push", "drill", "channels")
DELIVERY_DRAIN_SECONDS = 30.0  # a chunk under way is finished: nobody is told twice

_PYTHON = (sys.executable, "-m")
_CELERY = (*_PYTHON, "celery", "--quiet", "--app", "bosai.celery_app")
_QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def api(_: Settings) -> tuple[str, ...]:
    """The API, one process."""
    return (*_PYTHON, "bosai.web")


def worker(name: str, queues: str) -> tuple[str, ...]:
    """A Celery worker that runs one task at a time, in a pool process of its own."""
    options = ("--queues", queues, "--hostname", f"{name}@%h", "--pool", "prefork", "--concurrency", "1")
    return (*_CELERY, "worker", *options, *_QUIET)


def schedule() -> tuple[str, ...]:
    """The schedule. Exactly one of it in a whole installation."""
    return (*_CELERY, "beat")


# Polling has a worker of its own: a feed server that answers slowly must not keep the watch from looking (R9).
# So has the second channel: a mail server that hangs keeps no push waiting. So has the drill: its server may be away,
# and a worker waits half a minute for it while a live push is due (R1).
COMMANDS: dict[str, Callable[[Settings], tuple[str, ...]]] = {
    "api": api,
    "push": lambda _: worker("push", "push"),
    "drill": lambda _: worker("drill", "drill"),
    "channels": lambda _: worker("channels", "channels"),
    "alerts": lambda _: worker("alerts", "alerts,watch"),
    "feeds": lambda _: worker("feeds", "feeds"),
    "schedule": lambda _: schedule(),
}


def service_parts(settings: Settings) -> list[Part]:
    """Everything but the broker, in the order of starting."""
    environment = child_environment(settings)
    return [
        Part(name, command(settings), environment, DELIVERY_DRAIN_SECONDS if name in DELIVERING else 10.0)
        for name, command in COMMANDS.items()
    ]


def broker(settings: Settings) -> Part:
    """The embedded Valkey server."""
    return embedded.valkey(settings.data, child_environment(settings))


def fake_fcm(settings: Settings, port: int) -> Part:
    """The fake FCM server that takes the drill world's messages."""
    folder = settings.data / FAKE_FCM_FOLDER
    command = (*_PYTHON, "bosai", "fake-fcm", "--port", str(port), "--folder", str(folder))
    return Part("fcm", command, child_environment(settings))


def drill_start(settings: Settings, name: str, speed: float, devices: int) -> Part:
    """Plays a drill; ends when it has started."""
    options = ("--speed", str(speed), "--devices", str(devices))
    return Part("story", (*_PYTHON, "bosai", "drill", "start", name, *options), child_environment(settings))
