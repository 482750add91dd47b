"""The throw-away drill world of a replay: its own folder, broker, fake FCM server and push worker.

It is built from the same parts as `bosai serve`, and from nothing that the live world has: there is no setting and no
option that makes it reach a real device (R1).
"""

import tempfile
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from celery import Celery

from alerts.service.deliver import sweep
from alerts.service.drill import add_devices
from alerts.service.services import Services
from alerts.store.states import OPEN_CHUNKS
from bosai import embedded
from bosai.clock import StoryClock
from bosai.parts import worker
from bosai.processes import Child, Part
from bosai.settings import Settings, child_environment
from bosai.startup import publisher
from bosai.wiring import Worlds
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess
from workers.queues import DELIVER

LATENCY_MS = (50.0, 150.0)  # FCM's, as measured by others (push.md §3)
DRAIN_SECONDS = 120.0
SWEEP_SECONDS = 1.0
LOOK_SECONDS = 0.02
LOG_LINES = 40
PING_SECONDS = 0.5


class ReplayStuckError(RuntimeError):
    """Chunks stay open: the worker does not deliver."""


class Stage:
    """One world, `services`, with synthetic phones in it; everything of it is gone when the `with` block ends."""

    def __init__(self, settings: Settings, city: Path, devices: int, begins: datetime) -> None:
        """`begins` is when the story begins: the phones are registered then."""
        self._settings = settings
        self._begins = begins
        self._city = city
        self._devices = devices
        self._log: list[str] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bosai-replay-")))
            self.fake = stack.enter_context(FakeFcmProcess(FakeOptions(folder / "fcm", latency_ms=LATENCY_MS)))
            settings = self._isolated(folder)
            self.clock = StoryClock(folder / "clock")
            self.clock.set(self._begins)
            self._run(stack, embedded.valkey(folder, child_environment(settings)))
            embedded.wait_ready(embedded.socket_path(folder))
            worlds = Worlds(settings)
            stack.callback(worlds.close)
            self.services: Services = worlds["drill"]
            self.services.database.migrate()
            add_devices(self.services, self._devices)
            self._run(stack, _push_worker(settings))
            self._await_worker(publisher(settings))
            self._closing = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    def _await_worker(self, app: Celery) -> None:
        """Returns when the worker answers, so that its start is not taken for the service's own delay."""
        end = time.monotonic() + DRAIN_SECONDS
        while not app.control.ping(timeout=PING_SECONDS):
            if time.monotonic() > end:
                raise ReplayStuckError("the push worker does not start; it said:\n" + "\n".join(self._log[-LOG_LINES:]))

    def drain(self) -> None:
        """Returns when no chunk is open. Raises `ReplayStuckError` with the worker's last lines if none closes."""
        end = time.monotonic() + DRAIN_SECONDS
        swept = time.monotonic()
        while self._open_chunks():
            if time.monotonic() > end:
                raise ReplayStuckError("chunks stay open; the worker said:\n" + "\n".join(self._log[-LOG_LINES:]))
            if time.monotonic() - swept > SWEEP_SECONDS:
                sweep(self.services)
                swept = time.monotonic()
            time.sleep(LOOK_SECONDS)

    def _open_chunks(self) -> int:
        with self.services.database.read() as uow:
            counts = uow.chunks.counts()
        return sum(counts.get(state, 0) for state in OPEN_CHUNKS)

    def _isolated(self, folder: Path) -> Settings:
        """Settings that keep nothing of this machine's but the log level."""
        return self._settings.changed(
            data=folder,
            environment="embedded",
            database_url=None,
            drill_database_url=None,
            redis_url=None,
            city=str(self._city.absolute()),
            feeds=False,
            firebase_key=None,
            drill_fcm_url=self.fake.url,
            drill_fcm_ca=self.fake.ca,
            secret_key=None,
            former_secret_key=None,
            story_clock=folder / "clock",
        )

    def _run(self, stack: ExitStack, part: Part) -> None:
        child = Child(part, lambda name, line: self._log.append(f"{name}: {line}"))
        child.start()
        stack.callback(child.kill)


def _push_worker(settings: Settings) -> Part:
    """A Celery worker that takes only the drill world's chunks."""
    return Part("push", worker("replay", DELIVER["drill"]), child_environment(settings))
