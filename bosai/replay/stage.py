"""The throw-away drill world of a replay: its own folder, broker, fake FCM server and push worker.

It is built from the same parts as `bosai serve`, and from nothing that the live world has: there is no setting and no
option that makes it reach a real device (R1).
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
LOOK_SELDOM = 0.2  # once it takes longer than a second: looking costs what is looked at
LOG_LINES = 40
PING_SECONDS = 0.5


class ReplayStuckError(RuntimeError):
    """Chunks stay open: the worker does not deliver."""


class Stage:
    """One world, `services`, with synthetic phones in it; everything of it is gone when the `with` block ends."""

    def __init__(
        self,
        settings: Settings,
        city: Path,
        devices: int,
        begins: datetime,
        *,
        workers: int = 1,
        database_url: str | None = None,
    ) -> None:
        """`begins` is when the story begins: the phones are registered then. An empty database, or none: SQLite."""
        self._given = settings
        self._workers = workers
        self._database_url = database_url
        self._begins = begins
        self._city = city
        self._devices = devices
        self._log: list[str] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bosai-replay-")))
            self.fake = stack.enter_context(FakeFcmProcess(FakeOptions(folder / "fcm", latency_ms=LATENCY_MS)))
            self.settings = settings = self._isolated(folder)
            self.clock = StoryClock(folder / "clock")
            self.clock.set(self._begins)
            self._run(stack, embedded.valkey(folder, child_environment(settings)))
            embedded.wait_ready(embedded.socket_path(folder))
            worlds = Worlds(settings)
            stack.callback(worlds.close)
            self.services: Services = worlds["drill"]
            self.services.database.migrate()
            add_devices(self.services, self._devices)
            stack.enter_context(self.crew(self._workers))
            self._closing = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    @contextmanager
    def crew(self, count: int) -> Iterator[None]:
        """So many push workers, ready when the block begins and gone when it ends."""
        with ExitStack() as stack:
            for number in range(1, count + 1):
                self._run(stack, _push_worker(self.settings, number))
            if count:
                self._await_workers(publisher(self.settings), count)
            yield

    def _await_workers(self, app: Celery, count: int) -> None:
        """Returns when all answer, so that their start is not taken for the service's own delay."""
        end = time.monotonic() + DRAIN_SECONDS
        while len(app.control.ping(timeout=PING_SECONDS, limit=count) or ()) < count:
            if time.monotonic() > end:
                raise ReplayStuckError("a push worker does not start; they said:\n" + "\n".join(self._log[-LOG_LINES:]))

    def drain(self) -> None:
        """Returns when no chunk is open. Raises `ReplayStuckError` with the worker's last lines if none closes."""
        begun = swept = time.monotonic()
        end = begun + DRAIN_SECONDS
        while self._open_chunks():
            if time.monotonic() > end:
                raise ReplayStuckError("chunks stay open; the worker said:\n" + "\n".join(self._log[-LOG_LINES:]))
            if time.monotonic() - swept > SWEEP_SECONDS:
                sweep(self.services)
                swept = time.monotonic()
            time.sleep(LOOK_SECONDS if time.monotonic() < begun + 1 else LOOK_SELDOM)

    def _open_chunks(self) -> int:
        with self.services.database.read() as uow:
            counts = uow.chunks.counts()
        return sum(counts.get(state, 0) for state in OPEN_CHUNKS)

    def _isolated(self, folder: Path) -> Settings:
        """Settings that keep nothing of this machine's but the log level."""
        return self._given.changed(
            data=folder,
            environment="embedded",
            database_url=None,
            drill_database_url=self._database_url,
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


def _push_worker(settings: Settings, number: int) -> Part:
    """A Celery worker that takes only the drill world's chunks."""
    return Part("push", worker(f"replay-{number}", DELIVER["drill"]), child_environment(settings))
