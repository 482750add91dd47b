"""The migrations make exactly the tables that the code uses, can be run at once, and can be undone."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, MetaData, func, inspect, select, text

from alerts.store.database import Database
from alerts.store.engine import engine_for
from alerts.store.migrate import alembic_config
from alerts.store.migrate import migrate as migrate_to
from alerts.store.tables import metadata
from alerts.telegram.extent import WHOLE_CITY
from alerts.world import DRILL, LIVE, WorldMismatchError


@pytest.fixture
def empty_url(new_database_url):
    return new_database_url(None)


@pytest.fixture
def engine(empty_url):
    engine = engine_for(empty_url)
    yield engine
    engine.dispose()


def tables(engine):
    return set(inspect(engine).get_table_names()) - {"sqlite_sequence"}


def migrate(url, world=LIVE):
    database = Database(url, world)
    try:
        database.migrate()
    finally:
        database.dispose()


def test_migrations_make_exactly_the_tables_of_the_code(empty_url, engine):
    migrate(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert tables(engine) == set(metadata.tables) | {"alembic_version"}


def test_a_device_number_is_never_used_again_on_sqlite_too(empty_url, engine):
    migrate(empty_url)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            made = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'devices'"))
        assert "AUTOINCREMENT" in made


def test_all_migrations_can_be_undone_and_done_again(empty_url, engine):
    migrate(empty_url)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert tables(engine) == {"alembic_version"}
    migrate(empty_url)
    assert tables(engine) == set(metadata.tables) | {"alembic_version"}


def _row(table):
    """A row with the same key in every table: whatever refers to something finds it."""
    by_type = {str: "x", int: 1, float: 1.0, bool: True, bytes: b"x", datetime: datetime(2026, 9, 1, tzinfo=UTC)}
    typed = {column.name: [] if isinstance(column.type, JSON) else column.type.python_type for column in table.columns}
    return {name: by_type[value] if isinstance(value, type) else value for name, value in typed.items()}


def _counts(connection):
    metadata = MetaData()
    metadata.reflect(connection)
    names = set(metadata.tables) - {"alembic_version", "meta", "sqlite_sequence"}
    return {name: connection.scalar(select(func.count()).select_from(metadata.tables[name])) for name in names}


def test_an_upgrade_keeps_every_row_of_the_first_schema(empty_url, engine):
    with engine.begin() as connection:
        migrate_to(connection, "live", "0001")
    first = MetaData()
    with engine.begin() as connection:
        first.reflect(connection)
        for table in first.sorted_tables:
            if table.name not in {"alembic_version", "meta"}:
                connection.execute(table.insert().values(_row(table)))
        before = _counts(connection)
    assert set(before.values()) == {1}
    migrate(empty_url)
    with engine.connect() as connection:
        assert before.items() <= _counts(connection).items()
        assert connection.scalar(select(metadata.tables["messages"].c.silent)) is False
        assert connection.scalar(select(metadata.tables["hazard_states"].c.extent)) == WHOLE_CITY


def test_an_upgrade_that_would_lose_what_is_referred_to_is_refused_whole(empty_url, engine):
    """On SQLite, which does not look after it meanwhile; PostgreSQL would not begin."""
    if engine.dialect.name == "postgresql":
        return
    with engine.begin() as connection:
        migrate_to(connection, "live", "0001")
    first = MetaData()
    with engine.execution_options(changes_schema=True).begin() as connection:
        first.reflect(connection)
        connection.execute(first.tables["revisions"].insert().values(_row(first.tables["revisions"])))
    with pytest.raises(RuntimeError, match="revisions"):
        migrate(empty_url)
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == "0001"


def test_migrating_again_changes_nothing(empty_url):
    migrate(empty_url)
    database = Database(empty_url, LIVE)
    with database.write() as uow:
        uow.heartbeats.beat("schedule", datetime(2026, 9, 1, tzinfo=UTC))
    database.migrate()
    with database.read() as uow:
        assert [beat.part for beat in uow.heartbeats.all()] == ["schedule"]
    database.dispose()


def test_two_processes_that_migrate_at_once_both_succeed(empty_url, engine):
    program = "import sys; from alerts.store.database import Database; from alerts.world import LIVE;"
    program += "sys.stdin.readline(); Database(sys.argv[1], LIVE).migrate()"
    pipe = subprocess.PIPE
    both = [subprocess.Popen([sys.executable, "-c", program, empty_url], stdin=pipe, stderr=pipe) for _ in range(2)]
    for process in both:
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    assert tables(engine) == set(metadata.tables) | {"alembic_version"}


def test_a_migration_that_fails_leaves_the_database_as_it_was(empty_url, engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE units (unit INTEGER)"))
    with pytest.raises(Exception, match="units"):
        migrate(empty_url)
    assert tables(engine) == {"units"}


def test_r1_migrating_marks_the_database_for_one_world(empty_url):
    migrate(empty_url, DRILL)
    with pytest.raises(WorldMismatchError, match="drill"):
        migrate(empty_url, LIVE)
