"""Databases for every test that needs one: SQLite and a real PostgreSQL server; and the rule that CI skips nothing."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from alerts.store.database import Database
from alerts.store.tables import metadata
from alerts.world import DRILL, LIVE, World

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # no test judges how fast this machine is just now

_ROOT = Path(__file__).parents[1]
_TRACED = ("unit", "integration/city", "integration/service")
_IN_CI = os.environ.get("CI") == "true"
_OPTIONS = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"]


@dataclass(frozen=True)
class PostgresServer:
    """A server of this test run alone, on a unix socket. Making a database is slow, so an emptied one is used again."""

    folder: Path
    free: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def execute(self, statement: str, *parameters: str, name: str = "postgres") -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True) as connection:
            connection.execute(statement.encode(), parameters or None)

    def take(self, template: str) -> str:
        """The name of a database as the template has it."""
        if self.free[template]:
            return self.free[template].pop()
        name = f"test_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def give_back(self, template: str, name: str) -> None:
        self.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
        if template == "template0":
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")
        else:
            self.execute(_EMPTY, name=name)
            self.free[template].append(name)


_numbers = itertools.count(1)
_EMPTY = ";".join(
    [str(table.delete()) for table in reversed(metadata.sorted_tables) if table.name != "meta"]
    + [
        f"ALTER SEQUENCE {table.name}_{column.name}_seq RESTART"
        for table in metadata.sorted_tables
        for column in table.primary_key
        if column.autoincrement is True
    ]
)


def _binaries() -> Path | None:
    """The newest PostgreSQL of the system; Debian keeps it out of the path."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    found = packaged[-1] if packaged else shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def _as_postgres(*command: str) -> list[str]:
    """PostgreSQL refuses root. The server dies with the test run, also when that is killed."""
    who = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *who, "--pdeathsig=QUIT", *command]


def _wait_until_ready(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            return server.execute("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
    pytest.fail(f"PostgreSQL did not start: {(server.folder / 'log').read_text()}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server with a migrated template database for each world."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="bosai-pg-"))  # short: a socket's path has 107 bytes at most
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, log, server = folder / "data", (folder / "log").open("wb"), PostgresServer(folder)
    initdb = [str(binaries / "initdb"), "--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8"]
    subprocess.run(_as_postgres(*initdb, "--pgdata", str(data)), check=True, stdout=log, stderr=log)
    start = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *_OPTIONS]
    with subprocess.Popen(_as_postgres(*start), stdout=log, stderr=log) as process:
        _wait_until_ready(server, process)
        for world in (LIVE, DRILL):
            server.execute(f"CREATE DATABASE {world.name}_template")
            _migrated(server.url(f"{world.name}_template"), world)
        yield server
        process.send_signal(signal.SIGINT)  # fast: it does not wait for connections that a test left open
    log.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A migrated file for each world."""
    folder = tmp_path_factory.mktemp("templates")
    files: dict[str, Path] = {world.name: folder / f"{world.name}.db" for world in (LIVE, DRILL)}
    for world in (LIVE, DRILL):
        _migrated(f"sqlite:///{files[world.name]}", world)
    return files


def _migrated(url: str, world: World) -> None:
    database = Database(url, world)
    database.migrate()
    database.dispose()


MakeUrl = Callable[[World | None], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeUrl]:
    """Makes fresh databases: `new_database_url(LIVE)` is migrated, `new_database_url(None)` is empty."""
    taken: list[tuple[str, str]] = []

    def on_sqlite(world: World | None) -> str:
        file = tmp_path / f"{next(_numbers)}.db"
        if world is not None:
            shutil.copy(request.getfixturevalue("sqlite_templates")[world.name], file)
        return f"sqlite:///{file}"

    def on_postgresql(world: World | None) -> str:
        server: PostgresServer = request.getfixturevalue("postgres")
        template = f"{world.name}_template" if world else "template0"
        taken.append((template, server.take(template)))
        return server.url(taken[-1][1])

    yield on_sqlite if request.param == "sqlite" else on_postgresql
    for template, name in taken:
        request.getfixturevalue("postgres").give_back(template, name)


@pytest.fixture
def database(new_database_url: MakeUrl) -> Iterator[Database]:
    """A migrated database of the live world, once on each server."""
    database = Database(new_database_url(LIVE), LIVE)
    yield database
    database.dispose()


@pytest.fixture
def drill_database(new_database_url: MakeUrl) -> Iterator[Database]:
    """A migrated database of a drill world, on the same server as `database`."""
    database = Database(new_database_url(DRILL), DRILL)
    yield database
    database.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The coverage of the domain is that of the folders that test the domain.

    Who passes through it on the way to something else proves little about its lines, and tracing makes the whole slow.
    """
    for item in items:
        if not any(item.path.is_relative_to(_ROOT / "tests" / folder) for folder in _TRACED):
            item.add_marker("no_cover")


def _may_skip(path: Path) -> bool:
    """In CI only the conformance tests may skip, and only where the shared references are not there."""
    return not _IN_CI or ("conformance" in path.parts and not (_ROOT.parent / "shared").exists())


R = TypeVar("R", pytest.TestReport, pytest.CollectReport)


def _refused(report: R, path: Path) -> R:
    if report.skipped and not hasattr(report, "wasxfail") and not _may_skip(path):
        report.outcome = "failed"
        report.longrepr = f"with CI=true nothing may be skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test is a failure in CI."""
    return _refused((yield), item.path)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So is a module that skips itself."""
    return _refused((yield), collector.path)
