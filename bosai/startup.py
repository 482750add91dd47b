"""What must be right before the first part starts: the pack, the port, the databases; and what an earlier run left."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

from celery import Celery

from alerts.city.geometry import geometry_problems
from alerts.city.pack import CityPack, PackError, load_pack
from alerts.world import DRILL, LIVE
from bosai import embedded
from bosai.ledger import Ledger
from bosai.parts import FAKE_FCM_FOLDER
from bosai.processes import Child
from bosai.settings import Settings
from bosai.wiring import broker_url, database, pack_path
from workers.app import create_publisher
from workers.fcm.fake.options import FakeOptions

READY_SECONDS = 30.0
LOOK_SECONDS = 0.05


class StartError(RuntimeError):
    """The service cannot start; the message says why and what to do."""


def city(settings: Settings) -> CityPack:
    """The city's pack, its shapes looked at too. Raises `PackError` with file and line."""
    pack = load_pack(pack_path(settings.city))
    if problems := geometry_problems(pack):
        raise PackError(problems)
    return pack


def check_port(settings: Settings) -> None:
    """Raises `StartError` if somebody listens where the API should."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise StartError(f"{where} cannot be used ({error.strerror}); set BOSAI_PORT or BOSAI_HOST") from None


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_leftovers(settings: Settings, say: Callable[[str, str], None]) -> Ledger:
    """Ends what an earlier, killed run left, and returns the ledger for this one."""
    ledger = Ledger(settings.data)
    for one in ledger.end_leftovers():
        say("serve", f"ended {one.name} (process {one.pid}), left by an earlier run")
    return ledger


def migrate(settings: Settings) -> None:
    """Brings both databases to the newest tables. Raises what the store raises."""
    for world in (LIVE, DRILL):
        opened = database(settings, world)
        try:
            opened.migrate()
        finally:
            opened.dispose()


def start_broker(broker: Child, settings: Settings, say: Callable[[str, str], None]) -> None:
    """Starts the embedded server; one that cannot read its file starts empty. Raises `BrokerNotReadyError`."""
    path = embedded.socket_path(settings.data)
    broker.start()
    try:
        embedded.wait_ready(path, broker.is_running)
    except embedded.BrokerNotReadyError:
        broker.kill()
        say("serve", f"the broker's file cannot be read; it is kept as {embedded.set_aside(settings.data)}")
        broker.start()
        embedded.wait_ready(path, broker.is_running)
    embedded.restore_unacknowledged(publisher(settings))


def ready_file(settings: Settings) -> Path:
    """What the fake FCM server writes when it takes requests."""
    return FakeOptions(settings.data / FAKE_FCM_FOLDER).ready_file


def wait_for_fake_fcm(settings: Settings) -> None:
    """Returns when the fake FCM server is ready. Raises `StartError`."""
    end = time.monotonic() + READY_SECONDS
    while not ready_file(settings).exists():
        if time.monotonic() > end:
            raise StartError("the fake FCM server for drills does not start; its own lines above say why")
        time.sleep(LOOK_SECONDS)


def publisher(settings: Settings) -> Celery:
    """A Celery app on this machine's broker."""
    return create_publisher(broker_url(settings))
