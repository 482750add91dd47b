"""Engines for both servers, and how a transaction begins on each."""

import os
import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, Pool

BUSY_SECONDS = 10  # how long a writer waits for its turn
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # FULL: a commit survives a power cut. An officer's alert that was confirmed must not be gone, and what was
    # recorded as told must not be told again. It costs one fsync a transaction, and outcomes come in batches.
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    # Kibibytes a connection. A second of a fan-out touches 6 MB of rows and indexes; with SQLite's 2 MB it read each
    # page again and again, and that took more time than everything else that is recorded.
    "PRAGMA cache_size = -16384",
)
_POSTGRESQL = {
    "connect_timeout": 5,
    # A process that is stopped in the middle of a transaction must not keep its rows from whoever takes over.
    "options": "-c timezone=UTC -c idle_in_transaction_session_timeout=10s",
    # A server that is gone without a word is noticed, or what waits for its answer would wait for a quarter of an hour.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
}
_PASSING_STATES = {
    "40001",  # serialization failure
    "40P01",  # deadlock
    "55P03",  # lock not available
    "57P01",  # the server is shut down
    "57P02",
    "57P03",  # the server starts up
}
_SET = "query_only, foreign_keys"  # as they are set on a connection to a SQLite file
_inherited: list[Pool] = []  # a child never closes its parent's connections, not even by forgetting them


def engine_for(url: str) -> Engine:
    """An engine for a SQLite file or a PostgreSQL server. Raises `ValueError` for anything else."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite(parsed)
    elif parsed.get_backend_name() == "postgresql":
        engine = _postgresql(parsed)
    else:
        raise ValueError(
            f"{parsed.get_backend_name()} is no database of this service: use sqlite:///… or postgresql://…"
        )
    _renew_after_fork(engine)
    return engine


def may_pass(error: DBAPIError) -> bool:
    """Whether the same work may succeed when it is tried again at once: somebody else was in the way."""
    if error.connection_invalidated:
        return True
    text = str(error.orig)
    return getattr(error.orig, "sqlstate", None) in _PASSING_STATES or "database is locked" in text


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ValueError("the SQLite database must be a file: a database in memory is another one in each thread")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_size=10, max_overflow=40)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401  the driver's connection
    connection.isolation_level = None  # the driver begins nothing by itself: _begin_sqlite does
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    """Both settings outlive a transaction and cannot be changed within one, so each begins with its own.

    What a connection has is kept beside it (`Connection.info`, which is new for each connection of the driver).

    `changes_schema`: SQLite changes a column by making its table anew, and may not drop the old one while it looks
    after references to it. Whoever asks for it checks them before the commit (`migrate`).
    """
    options = connection.get_execution_options()
    read_only = options.get("read_only", False)
    wanted = int(read_only), int(not options.get("changes_schema", False))
    if connection.info.get(_SET) != wanted:  # thousands of transactions a minute want what the one before them had
        connection.exec_driver_sql(f"PRAGMA query_only = {wanted[0]}")
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {wanted[1]}")
        connection.info[_SET] = wanted
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=15,
        connect_args=_POSTGRESQL,
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("read_only", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _renew_after_fork(engine: Engine) -> None:
    """A child gets connections of its own: two processes on one connection would mix their answers."""
    reference = weakref.ref(engine)

    def renew() -> None:
        """Leaves the parent's connections open: they are the parent's to close."""
        inherited = reference()
        if inherited is not None:
            _inherited.append(inherited.pool)
            inherited.dispose(close=False)

    os.register_at_fork(after_in_child=renew)
