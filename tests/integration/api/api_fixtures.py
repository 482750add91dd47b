"""The real application on real SQLite databases, behind a real web server; for every folder of tests that needs it."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from api_station import HandClock, Nudges, Station
from fastapi import FastAPI

from alerts.city.pack import CityPack, bundled, load_pack
from alerts.service.services import Services
from alerts.store.cipher import AddressCipher
from alerts.store.database import Database
from alerts.wording.tables import Wording
from alerts.world import DRILL, LIVE, World
from api.app import create_app
from workers.fcm.none import NoSender

MakeStation = Callable[[World], Station]


@pytest.fixture(scope="session")
def pack() -> CityPack:
    return load_pack(bundled())


@pytest.fixture(scope="session")
def wording() -> Wording:
    return Wording.load()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def make_station(
    tmp_path: Path, sqlite_templates: dict[str, Path], pack: CityPack, wording: Wording, clock: HandClock
) -> Iterator[MakeStation]:
    with _stations(tmp_path, sqlite_templates, pack, wording, clock) as make:
        yield make


@contextmanager
def _stations(
    parent: Path, templates: dict[str, Path], pack: CityPack, wording: Wording, clock: HandClock
) -> Iterator[MakeStation]:
    with ExitStack() as stack:

        def make(world: World) -> Station:
            folder = parent / world.name
            folder.mkdir()
            shutil.copy(templates[world.name], folder / "world.db")
            database = Database(f"sqlite:///{folder / 'world.db'}", world)
            stack.callback(database.dispose)
            cipher = AddressCipher(bytes(32))
            services = Services(world, database, pack, clock, Nudges(), NoSender(), cipher, wording)
            return Station(services, clock, folder)

        yield make


@pytest.fixture
def live(make_station: MakeStation) -> Station:
    return make_station(LIVE)


@pytest.fixture
def drill(make_station: MakeStation) -> Station:
    return make_station(DRILL)


Serve = Callable[[FastAPI], httpx.Client]
Until = Callable[[Callable[[], object]], object]


@pytest.fixture
def serve(until: Until) -> Iterator[Serve]:
    """Puts applications behind a real server on the loopback; gives a client of it."""
    with _servers(until) as start:
        yield start


@contextmanager
def _servers(until: Until) -> Iterator[Serve]:
    running: list[tuple[uvicorn.Server, threading.Thread, httpx.Client]] = []

    def start(app: FastAPI) -> httpx.Client:
        config = uvicorn.Config(app, port=0, log_level="critical", ws="none", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        until(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)
        running.append((server, thread, client))
        return client

    yield start
    for server, thread, client in running:
        client.close()
        server.should_exit = True
        thread.join()


@pytest.fixture
def client(live: Station, drill: Station, serve: Serve) -> httpx.Client:
    return serve(
        create_app(
            {"live": live.services, "drill": drill.services}, look_every_seconds=0.02, bundle_secrets=[bytes(32)]
        )
    )


@pytest.fixture(scope="module")
def unchanged(
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_templates: dict[str, Path],
    pack: CityPack,
    wording: Wording,
    until: Until,
) -> Iterator[httpx.Client]:
    """A client of two worlds as on the first day: one for all tests of a file that write nothing."""
    folder = tmp_path_factory.mktemp("unchanged")
    with _stations(folder, sqlite_templates, pack, wording, HandClock()) as make, _servers(until) as start:
        worlds = {world.name: make(world) for world in (LIVE, DRILL)}
        yield start(create_app({name: station.services for name, station in worlds.items()}, look_every_seconds=0.02))
    assert all(_rows(folder / name / "world.db") == _rows(sqlite_templates[name]) for name in worlds), "a test wrote"


def _rows(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def production(live: Station, drill: Station, serve: Serve) -> httpx.Client:
    """The same, configured for production."""
    real = replace(live.services, environment="production")
    return serve(
        create_app({"live": real, "drill": drill.services}, look_every_seconds=0.02, bundle_secrets=[bytes(32)])
    )


@pytest.fixture(name="eventually")
def _eventually(until: Until) -> Until:
    return until
