"""Databases for every test that needs one: SQLite and a real PostgreSQL server; and the rule that CI skips nothing."""

import itertools
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

from alerts.store.database import Database
from alerts.store.tables import metadata
from alerts.world import DRILL, LIVE, World
from bosai.bench.postgres import Postgres, is_installed, throwaway_postgres

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # no test judges how fast this machine is just now

_ROOT = Path(__file__).parents[1]
_TRACED = ("unit", "integration/city", "integration/service")
_IN_CI = os.environ.get("CI") == "true"


@dataclass(frozen=True)
class PostgresServer(Postgres):
    """A server of this test run alone. Making a database is slow, so an emptied one is used again."""

    free: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server with a migrated template database for each world."""
    if not is_installed():
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with throwaway_postgres("fsync=off", "full_page_writes=off", "max_connections=200") as started:
        server = PostgresServer(started.folder)
        for world in (LIVE, DRILL):
            server.execute(f"CREATE DATABASE {world.name}_template")
            _migrated(server.url(f"{world.name}_template"), world)
        yield server


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


Until = Callable[..., object]


@pytest.fixture(scope="session")
def until() -> Until:
    """`until(condition)` waits for what becomes true and returns it; after a minute, or `seconds`, the test fails."""

    def wait(condition: Callable[[], object], seconds: float = 60.0) -> object:
        end = time.monotonic() + seconds
        while not (value := condition()):
            assert time.monotonic() < end, "it did not come true in time"
            time.sleep(0.01)
        return value

    return wait


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
