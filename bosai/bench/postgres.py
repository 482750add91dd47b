"""A real PostgreSQL server for a test run or a measurement: on a unix socket, in a folder of its own, gone with it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

_LOOK_SECONDS = 0.05


class NoPostgresError(RuntimeError):
    """There is no PostgreSQL on this machine, or it does not start; the message says what to do."""


@dataclass(frozen=True)
class Postgres:
    """A running server; only who may read its folder reaches it."""

    folder: Path

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def execute(self, statement: str, *parameters: str, name: str = "postgres") -> None:
        """One statement outside any transaction, so that it may make databases."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True) as connection:
            connection.execute(statement.encode(), parameters or None)


def is_installed() -> bool:
    """Whether `throwaway_postgres` can start one."""
    return _binaries() is not None


@contextmanager
def throwaway_postgres(*settings: str) -> Iterator[Postgres]:
    """A server with these settings (`fsync=off`), and nothing in it. Raises `NoPostgresError`."""
    binaries = _binaries()
    if binaries is None:
        raise NoPostgresError("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="bosai-pg-"))  # short: a socket's path has 107 bytes at most
    try:
        with (folder / "log").open("wb") as log:
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres")
            initdb = [str(binaries / "initdb"), "--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8"]
            command = _as_postgres(*initdb, "--pgdata", str(folder / "data"))
            subprocess.run(command, check=True, stdout=log, stderr=log)
            options = [word for setting in ("listen_addresses=", *settings) for word in ("-c", setting)]
            start = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
            with subprocess.Popen(_as_postgres(*start), stdout=log, stderr=log) as process:
                try:
                    yield _ready(Postgres(folder), process)
                finally:
                    process.send_signal(signal.SIGINT)  # fast: it does not wait for connections that were left open
    finally:
        shutil.rmtree(folder)


def _binaries() -> Path | None:
    """The newest PostgreSQL of the system; Debian keeps it out of the path."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    found = packaged[-1] if packaged else shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def _as_postgres(*command: str) -> Sequence[str]:
    """PostgreSQL refuses root. The server dies with whoever started it, also when that is killed."""
    who = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *who, "--pdeathsig=QUIT", *command]


def _ready(server: Postgres, process: subprocess.Popen[bytes]) -> Postgres:
    while process.poll() is None:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(_LOOK_SECONDS)
        else:
            return server
    raise NoPostgresError(f"PostgreSQL did not start: {(server.folder / 'log').read_text()}")
