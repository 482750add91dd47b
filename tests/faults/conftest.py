"""The whole service in processes of its own, a fake FCM server that outlives it, and a look at every process it has."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from alerts.audience import Terms, judge
from alerts.city.pack import bundled
from alerts.ports import Platform
from alerts.service import drill
from alerts.service.terms import recipient_of
from alerts.store.device import NewDevice, SealedAddress
from bosai import startup
from bosai.settings import Settings, child_environment
from bosai.wiring import Worlds
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess

sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "integration/service/channels"))

from forked import Workers, everybody_is_to_be_told

FCM_MS = (100.0, 200.0)
CHUNK = 100  # phones; small, so that a fan-out has many and a kill falls between the first and the last


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """`bosai serve` on a data folder of its own; may be started, killed and started again."""

    def __init__(self, settings, fake, stack):
        self.settings = settings
        self.fake = fake
        self._stack = stack
        startup.migrate(settings)
        self.use()
        stack.callback(self.close)
        stack.callback(self.end_everything)

    def close(self):
        self.worlds.close()

    def use(self, **changed):
        """Takes up changed settings, here and in what is started from now on."""
        if hasattr(self, "worlds"):
            self.close()
        self.settings = self.settings.changed(**changed)
        self.worlds = Worlds(self.settings)

    @property
    def drill(self):
        return self.worlds["drill"]

    def start(self, *options):
        log = self._stack.enter_context((self.settings.data.parent / "log").open("ab"))
        command = (sys.executable, "-m", "bosai", "serve", *options)
        self.process = subprocess.Popen(
            command, env=child_environment(self.settings), stdout=log, stderr=log, start_new_session=True
        )

    def log(self):
        return (self.settings.data.parent / "log").read_text()

    def is_live(self):
        assert self.process.poll() is None, self.log()
        with suppress(urllib.error.URLError, OSError):
            url = f"http://127.0.0.1:{self.settings.port}/health/live"
            return urllib.request.urlopen(url, timeout=2).status == 200
        return False

    def family(self):
        """Every process that runs on this data folder: each has the folder in its environment."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process):
        try:
            ours = process.environ().get("BOSAI_DATA") == str(self.settings.data)
            return ours and process.status() != psutil.STATUS_ZOMBIE and process.pid != os.getpid()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False

    def main_processes(self, *words):
        """The supervisor's own children whose command line holds all the words."""
        children = psutil.Process(self.process.pid).children()
        return [child.pid for child in children if all(word in " ".join(child.cmdline()) for word in words)]

    def end_everything(self):
        for process in self.family():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        if hasattr(self, "process"):
            self.process.wait()

    def add_phones(self, count):
        with self.drill.database.write() as uow:
            for number in range(count):
                uow.devices.add(self._phone(number), self.drill.clock.now())

    def _phone(self, number):
        """One phone in ten has told no district; all want every push."""
        districts, token = self.drill.pack.districts, f"phone-{number:06d}"
        cipher = self.drill.cipher
        return NewDevice(
            id=token,
            secret_hash=token,
            address=SealedAddress("token", cipher.encrypt(token), cipher.fingerprint("token", token)),
            platform=Platform.ANDROID,
            language="ja",
            normal_pushes=True,
            districts=frozenset({districts[number % len(districts)].id} if number % 10 else ()),
        )

    def start_drill(self):
        drill.start(self.drill, "short", speed=100_000)

    def accepted(self):
        return self.fake.stats()["accepted"]

    def in_doubt(self):
        """How many phones were perhaps told, of anything: marked, and no answer written down."""
        with self.drill.database.read() as uow:
            return sum(uow.deliveries.counts(alert.id).get("sending", 0) for alert in uow.alerts.recent(100))

    def open_chunks(self):
        with self.drill.database.read() as uow:
            counts = uow.chunks.counts()
        return counts.get("due", 0) + counts.get("claimed", 0)

    def runs(self):
        with self.drill.database.read() as uow:
            return uow.drills.list()

    def untold(self):
        """Phones that must be told something and have no final outcome; what was superseded needs none."""
        with self.drill.database.read() as uow:
            return [
                (revision.hazard, revision.number, device)
                for alert in uow.alerts.recent(100)
                for revision in uow.alerts.revisions(alert.id)
                if revision.pushed
                if revision.number == alert.last_revision or not uow.chunks.counts(alert.id).get("superseded")
                for device in _expected(uow, revision) - uow.deliveries.answered(revision.alert_id, revision.number)
            ]

    def pushed(self):
        """How many revisions phones were told."""
        with self.drill.database.read() as uow:
            alerts = uow.alerts.recent(100)
            return sum(revision.pushed for alert in alerts for revision in uow.alerts.revisions(alert.id))

    def is_finished(self):
        """The drill is played and everything it said is told."""
        runs = self.runs()
        return bool(runs) and all(run.state == "done" for run in runs) and not self.open_chunks()


def _expected(uow, revision):
    """Judged anew over all phones, not read from what was sent."""
    numbers = uow.devices.number_range()
    earlier = uow.deliveries.receivers(revision.alert_id, revision.number, *numbers)
    phones = uow.devices.in_range(*numbers)
    held = uow.held_back.of(revision.alert_id, revision.number)
    terms = Terms(held_back=frozenset(held.districts if held else ()))
    recipients = (recipient_of(phone, earlier) for phone in phones)
    return {recipient.number for recipient in recipients if judge(recipient, revision, terms).receives}


def city_for_faults(folder):
    """Daito's pack, but for the size of a chunk and a short drill: thunder, then heavy rain of level 2, 3 and 4."""
    shutil.copytree(bundled(), folder)
    head, *steps = (folder / "drills" / "storm.toml").read_text().split("[[step]]")
    (folder / "drills" / "short.toml").write_text("[[step]]".join([head, steps[0], steps[2], steps[5], steps[10]]))
    policy = folder / "policy.toml"
    text, count = re.subn(r"(?m)^chunk_size = \d+", f"chunk_size = {CHUNK}", policy.read_text())
    assert count == 1
    policy.write_text(text)
    return folder


@contextmanager
def service_on(folder):
    with ExitStack() as stack:
        fake = stack.enter_context(FakeFcmProcess(FakeOptions(folder / "fcm", latency_ms=FCM_MS)))
        settings = Settings(
            data=folder / "data",
            city=str(city_for_faults(folder / "city")),
            feeds=False,
            port=free_port(),
            drill_fcm_url=fake.url,
            drill_fcm_ca=fake.ca,
        )
        yield Service(settings, fake, stack)


@pytest.fixture
def service(tmp_path):
    with service_on(tmp_path) as service:
        yield service


@pytest.fixture(scope="module")
def shared_service(tmp_path_factory):
    """One for all tests of a file that only look."""
    with service_on(tmp_path_factory.mktemp("service")) as service:
        yield service


@pytest.fixture
def slow_service(service):
    """Everybody is about to be told of a critical alert, slowly."""
    everybody_is_to_be_told(service)
    return service


@pytest.fixture
def workers(slow_service):
    workers = Workers(slow_service)
    yield workers
    workers.end()


def pytest_addoption(parser):
    parser.addoption(
        "--away", default=0, help="seconds for which test_database_away.py keeps the database away at least"
    )
