"""Writes that many threads want at once share a transaction, and none pays for another's fault."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from alerts.store.together import run_together

WRITERS = 24


class OneIsBadError(Exception):
    """What one of the writers is refused for."""


@pytest.fixture
def now():
    return datetime(2026, 9, 1, 3, tzinfo=UTC)


def alarm(number, now):
    def work(uow):
        uow.alarms.raise_(f"key-{number}", "kind", "text", now)
        return number

    return work


def keys(database):
    with database.read() as uow:
        return {found.key for found in uow.alarms.open()}


@pytest.fixture
def commits(database):
    counted = []
    event.listen(database._engine, "commit", counted.append)
    return counted


def all_at_once(database, works):
    """Every writer waits until all are there: the turn is held meanwhile."""
    ready = threading.Barrier(len(works) + 1)

    def one(work):
        ready.wait()
        try:
            return run_together(database, work)
        except OneIsBadError as error:
            return error

    with ThreadPoolExecutor(len(works)) as threads:
        with database.waiting.turn:
            futures = [threads.submit(one, work) for work in works]
            ready.wait()
            while len(database.waiting._writes) < len(works):
                pass
        return [future.result() for future in futures]


def test_who_waits_together_is_written_together(database, now, commits):
    found = all_at_once(database, [alarm(number, now) for number in range(WRITERS)])
    assert found == list(range(WRITERS))
    assert keys(database) == {f"key-{number}" for number in range(WRITERS)}
    assert len(commits) < WRITERS / 4


def test_one_that_fails_fails_alone(database, now):
    def bad(uow):
        alarm("bad", now)(uow)
        raise OneIsBadError

    found = all_at_once(database, [bad, *(alarm(number, now) for number in range(WRITERS))])
    assert isinstance(found[0], OneIsBadError)
    assert found[1:] == list(range(WRITERS))
    assert keys(database) == {f"key-{number}" for number in range(WRITERS)}


def test_one_by_itself_is_written_at_once(database, now):
    assert run_together(database, alarm(1, now)) == 1
    assert keys(database) == {"key-1"}
