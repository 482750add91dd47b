"""Brings a database to the newest schema, from the migrations that lie in this package."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select

from alerts.store.tables import meta
from alerts.store.upsert import insert_into
from alerts.world import WorldMismatchError

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 20261123  # the advisory lock of PostgreSQL that one migration at a time takes; any fixed number


def migrate(connection: Connection, world: str, revision: str = "head") -> None:
    """Upgrades within the caller's transaction (`changes_schema`) and marks the database as the world's.

    Two processes that migrate at once are one after the other: on SQLite by `BEGIN IMMEDIATE`, on PostgreSQL by an
    advisory lock; the second finds nothing left to do. Raises `WorldMismatchError` if it is another world's (R1).
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    _refuse_other_world(connection, world)
    if not is_newest(connection):
        command.upgrade(alembic_config(connection), revision)
        _refuse_lost_references(connection)
    mark = insert_into(connection, meta).values(key="world", value=world)
    connection.execute(mark.on_conflict_do_nothing())


def is_newest(connection: Connection) -> bool:
    """Whether the schema is the one that this programme was written for."""
    newest = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration, for this package's migrations on this connection; no file of settings is read."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _refuse_lost_references(connection: Connection) -> None:
    """SQLite does not look after foreign keys while tables are made anew; PostgreSQL always does."""
    if connection.dialect.name != "sqlite":
        return
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        tables = ", ".join(sorted({row[0] for row in lost}))
        raise RuntimeError(f"the migration would lose what {tables} refer to; nothing was changed: restore a backup")


def _refuse_other_world(connection: Connection, world: str) -> None:
    if not inspect(connection).has_table(meta.name):
        return
    found = connection.scalar(select(meta.c.value).where(meta.c.key == "world"))
    if found is not None and found != world:
        raise WorldMismatchError(f"the database belongs to the {found} world; the {world} world must not touch it (R1)")
