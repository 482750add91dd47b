"""One world's database: transactions that begin as they must, on SQLite and on PostgreSQL alike.

SQLite runs in WAL mode: readers never wait, one writer at a time. A write begins `IMMEDIATE`, so that it waits for its
turn at the start and cannot fail in the middle. PostgreSQL writes run READ COMMITTED: a compare-and-set looks at the
row again once the other writer is gone. Reads see one snapshot on both.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import DateTime, func, select
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from alerts.store.alarm_log import AlarmLog
from alerts.store.engine import engine_for, may_pass
from alerts.store.migrate import is_newest, migrate
from alerts.store.tables import meta
from alerts.store.unit_of_work import UnitOfWork
from alerts.store.waiting import Waiting
from alerts.world import World, WorldMismatchError

T = TypeVar("T")
ATTEMPTS = 5
PAUSE_SECONDS = 0.02  # doubled for each attempt


class DatabaseNotReadyError(RuntimeError):
    """The database has no tables yet, or cannot be reached."""


class Database:
    """The database of one world. Usable from every thread, and in a child process after a fork."""

    def __init__(self, url: str, world: World, *, alarm_log: AlarmLog | None = None) -> None:
        """`url` is `sqlite:////path/file.db` or `postgresql://…`. Nothing is opened yet.

        `alarm_log` says new alarms in place of the world's own log.
        """
        self.world = world
        self._engine = engine_for(url)
        self._reader = self._engine.execution_options(read_only=True)
        self._alarm_log = alarm_log or AlarmLog(world.name)
        self._checked = False
        self.waiting = Waiting()

    def migrate(self) -> None:
        """Brings the tables to the newest revision and marks the database as this world's; safe to run twice at once.

        Raises `WorldMismatchError` before anything is changed if it belongs to another world (R1).
        """
        with self._engine.execution_options(changes_schema=True).begin() as connection:
            migrate(connection, self.world.name)
        self.check_world()

    def check_world(self) -> None:
        """Raises `WorldMismatchError` if it is another world's (R1), `DatabaseNotReadyError` if there are no tables."""
        try:
            with self._reader.begin() as connection:
                found = connection.scalar(select(meta.c.value).where(meta.c.key == "world"))
        except (OperationalError, ProgrammingError) as error:
            raise DatabaseNotReadyError(f"{self.safe_url} cannot be used: {error.orig}. Was it migrated?") from error
        if found is None:
            raise DatabaseNotReadyError(f"{self.safe_url} does not say which world's it is. Was it migrated?")
        if found != self.world.name:
            raise WorldMismatchError(
                f"{self.safe_url} belongs to the {found} world; the {self.world.name} world cannot use it (R1)"
            )
        self._checked = True

    def is_newest(self) -> bool:
        """Whether the schema is the one that this programme was written for; else `migrate` was not run."""
        with self._reader.begin() as connection:
            return is_newest(connection)

    def server_time(self) -> datetime | None:
        """What the database server's clock says now; None for a file, which has the clock of whoever opens it."""
        if self._engine.dialect.name != "postgresql":
            return None
        with self._reader.begin() as connection:
            return connection.scalar(select(func.clock_timestamp(type_=DateTime(timezone=True))))

    @property
    def safe_url(self) -> str:
        """The address without its password, for messages."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """One transaction: committed when the block ends, rolled back when it raises; then the after-commit calls."""
        self._ensure_world()
        with self._engine.begin() as connection:
            uow = UnitOfWork(connection, self._alarm_log, self.world.name)
            yield uow
        uow.committed()

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """One snapshot to read from, that of its first query; a write in it fails."""
        self._ensure_world()
        with self._reader.begin() as connection:
            yield UnitOfWork(connection, self._alarm_log, self.world.name)

    def dispose(self) -> None:
        """Closes every connection; the next use opens new ones."""
        self._engine.dispose()

    def _ensure_world(self) -> None:
        if not self._checked:
            self.check_world()


def run(database: Database, work: Callable[[UnitOfWork], T], *, retry_on: tuple[type[Exception], ...] = ()) -> T:
    """Runs `work` in a write transaction, and again from the start where another writer was in the way.

    Tried again: serialization failures, deadlocks, a busy file, a lost connection, and `retry_on`. A failed attempt is
    rolled back; only where the connection was lost in the commit itself may it have succeeded, so `work` must be safe
    to repeat. After the last attempt its error is raised.
    """
    for attempt in range(ATTEMPTS):
        try:
            with database.write() as uow:
                return work(uow)
        except Exception as error:
            again = isinstance(error, retry_on) or (isinstance(error, DBAPIError) and may_pass(error))
            if not again or attempt == ATTEMPTS - 1:
                raise
            time.sleep(PAUSE_SECONDS * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")
