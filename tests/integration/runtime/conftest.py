"""A small machine: a real Valkey server, a real fake FCM server, both worlds' databases, and parts started at will."""

from contextlib import ExitStack

import pytest

from alerts.city.drills import load_drill
from alerts.service.arrival import Incoming
from alerts.service.drill import add_devices
from alerts.service.receive import receive
from bosai import embedded, parts, startup
from bosai.processes import Child
from bosai.settings import Settings
from bosai.wiring import Worlds
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess


class Machine:
    """Everything of one service on this machine but what a test starts itself."""

    def __init__(self, settings, fake, stack):
        self.settings = settings
        self.fake = fake
        self.log = []
        self._stack = stack
        self.worlds = Worlds(settings)
        stack.callback(self.worlds.close)

    @property
    def drill(self):
        return self.worlds["drill"]

    @property
    def live(self):
        return self.worlds["live"]

    def start(self, part):
        child = Child(part, lambda *line: self.log.append(line))
        child.start()
        self._stack.callback(child.kill)
        return child

    def start_parts(self, *names):
        return [self.start(part) for part in parts.service_parts(self.settings) if part.name in names]

    def start_broker(self):
        broker = self.start(parts.broker(self.settings))
        embedded.wait_ready(embedded.socket_path(self.settings.data))
        return broker

    def say_something_to_everybody(self, devices):
        """Plays the first telegram of the storm; returns its revision."""
        add_devices(self.drill, devices)
        file, raw = load_drill(self.drill.pack.root, "storm").telegram(2, self.drill.clock.now())
        (received,) = receive(self.drill, [Incoming("drill:test", file, raw, self.drill.clock.now())])
        (revision,) = received.revisions
        return revision

    def results(self, revision, world="drill"):
        with self.worlds[world].database.read() as uow:
            return uow.deliveries.counts(revision.alert_id, revision.number)

    def open_chunks(self, world="drill"):
        with self.worlds[world].database.read() as uow:
            counts = uow.chunks.counts()
        return counts.get("due", 0) + counts.get("claimed", 0)


@pytest.fixture
def machine(tmp_path):
    with ExitStack() as stack:
        fake = stack.enter_context(FakeFcmProcess(FakeOptions(tmp_path / "fcm", latency_ms=(1.0, 5.0))))
        settings = Settings(data=tmp_path / "data", feeds=False, drill_fcm_url=fake.url, drill_fcm_ca=fake.ca)
        startup.migrate(settings)
        yield Machine(settings, fake, stack)
