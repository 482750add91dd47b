"""A small machine: a real Valkey server, a real fake FCM server, both worlds' databases, and parts started at will."""

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from alerts.city.drills import load_drill
from alerts.ports import Address, Platform
from alerts.service.arrival import Incoming
from alerts.service.drill import add_devices
from alerts.service.receive import receive
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.telegram.compose import compose_warning, file_name
from alerts.telegram.composition import Stated, lone_city
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


@pytest.fixture
def settings(no_settings, tmp_path, monkeypatch):
    """Those of a migrated data folder, which the command finds too."""
    monkeypatch.setenv("BOSAI_DATA", str(tmp_path / "data"))
    settings = Settings(data=tmp_path / "data", feeds=False)
    startup.migrate(settings)
    return settings


@pytest.fixture
def worlds(settings):
    """What the command works on, in the test's own hands."""
    worlds = Worlds(settings)
    yield worlds
    worlds.close()


@pytest.fixture(scope="session")
def warn():
    """Takes in a warning as JMA sends it now, of a landslide at level 4 unless said otherwise; returns its revision."""

    def warn(services, kind="VPWW56", code="49"):
        codes, now = services.pack.codes, datetime.now(UTC)
        area = lone_city(codes, "大阪管区気象台")
        raw = compose_warning(kind, area, {codes.municipality: [Stated(code)]}, now)
        name = file_name(kind, area, now)
        (received,) = receive(services, [Incoming(name, name, raw, now)])
        (revision,) = received.revisions
        return revision

    return warn


@pytest.fixture
def told(worlds, warn):
    """A drill phone, and the drill alert that it is to be told."""
    wanted = Registration(Address("token", "t"), Platform.IOS, "ja", (), normal_pushes=True)
    device = register(worlds["drill"], wanted).device
    return device, warn(worlds["drill"]).alert_id
