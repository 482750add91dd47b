"""The migrations make exactly the tables that the code uses, can be run at once, and can be undone."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from alerts.store.database import Database
from alerts.store.engine import engine_for
from alerts.store.migrate import alembic_config
from alerts.store.tables import metadata
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
