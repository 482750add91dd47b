"""A worker killed at random moments, fifty times in one fan-out; and one that is paused beyond its lease (R15, R27).

The workers are forks of the test: they begin within milliseconds, so most kills fall into the work and not before it.
What was told is counted by the fake FCM server, which nobody kills.
"""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing, suppress

import pytest

from alerts.city.drills import load_drill
from alerts.ports import PushResult
from alerts.service.arrival import Incoming
from alerts.service.deliver import deliver
from alerts.service.receive import receive

KILLS = 50
PHONES = 4_000  # chunks of 100, in three tiers
MESSAGES_A_MINUTE = 1_200  # 60 at once and 19 a second in each life of a worker: the fan-out outlasts the kills
LANDSLIDE_LEVEL_4 = 3  # step of the short drill
MOST_SECONDS = 240  # on a machine that is busy with other tests


@pytest.fixture
def slow_service(service):
    """Everybody is about to be told of a critical alert, slowly."""
    service.use(fcm_quota=MESSAGES_A_MINUTE)
    service.add_phones(PHONES)
    file, raw = load_drill(service.drill.pack.root, "short").telegram(LANDSLIDE_LEVEL_4, service.drill.clock.now())
    receive(service.drill, [Incoming("drill:kills", file, raw, service.drill.clock.now())])
    return service


class Workers:
    """Forked workers of one service; each has a name that no other has."""

    def __init__(self, service):
        self._service = service
        self._begun = 0
        self._doubts = service.settings.data / "doubts"  # how many a worker left in doubt that stopped by itself
        self._doubts.touch()
        self.running = []

    def start(self):
        self._begun += 1
        name = f"worker-{self._begun}"
        pid = os.fork()
        if pid == 0:
            try:
                self._work(name)
            finally:
                os._exit(1)
        self.running.append(pid)
        return pid

    def _work(self, name):
        while True:
            if "stopped" in deliver(self._service.drill, name).values():
                with self._doubts.open("a") as file:
                    file.write(f"{name} {len(in_doubt(self._service))}\n")
            time.sleep(0.05)

    def left_in_doubt(self):
        return sum(int(line.split()[1]) for line in self._doubts.read_text().splitlines())

    def has_stopped(self, name):
        return f"{name} " in self._doubts.read_text()

    def kill(self, pid):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.running.remove(pid)

    def end(self):
        for pid in list(self.running):
            with suppress(ProcessLookupError):
                self.kill(pid)


@pytest.fixture
def workers(slow_service):
    workers = Workers(slow_service)
    yield workers
    workers.end()


def in_doubt(service):
    """Phones that were perhaps told: marked, and no answer written down."""
    with service.drill.database.read() as uow:
        (alert,) = uow.alerts.recent(10)
        results = uow.deliveries.results(alert.id, 1, 1, PHONES)
    return {device for device, result in results.items() if result is PushResult.SENDING}


def results(service):
    with service.drill.database.read() as uow:
        (alert,) = uow.alerts.recent(10)
        return uow.deliveries.counts(alert.id, 1)


def sends(service):
    """A condition: something more has reached the provider."""
    before = service.accepted()
    return lambda: service.accepted() > before


def paused_outside_a_transaction(service, pid):
    """SQLite has one writer: who is stopped in the middle of a write keeps everybody waiting until it is killed."""
    os.kill(pid, signal.SIGSTOP)
    probe = sqlite3.connect(service.settings.data / "drill.db", timeout=0.2)
    with closing(probe), suppress(sqlite3.OperationalError):
        probe.execute("BEGIN IMMEDIATE")
        return True
    os.kill(pid, signal.SIGCONT)
    return False


@pytest.mark.timeout(2 * MOST_SECONDS)
def test_r15_r27_fifty_kills_lose_nobody_and_repeat_only_what_was_in_doubt(slow_service, workers, until):
    chance, doubted = random.Random(), 0
    for _ in range(KILLS):
        has_sent = sends(slow_service)
        worker = workers.start()
        until(has_sent)
        time.sleep(chance.uniform(0.0, 0.3))
        workers.kill(worker)
        doubted += len(in_doubt(slow_service))
    assert slow_service.open_chunks(), "the fan-out was over before the kills were"
    assert slow_service.accepted() < PHONES + KILLS * 100
    slow_service.use(fcm_quota=600_000)
    workers.start()
    workers.start()
    until(lambda: not slow_service.open_chunks(), seconds=MOST_SECONDS)
    assert results(slow_service) == {PushResult.ACCEPTED: PHONES}
    (revision,) = slow_service.fake.stats()["revisions"].values()
    assert revision["devices"] == PHONES
    assert 0 < revision["duplicates"] <= doubted + workers.left_in_doubt()
    told = slow_service.fake.messages(1000)
    assert len({entry["message"]["android"]["notification"]["tag"] for entry in told}) == 1
    assert len({entry["message"]["android"]["collapse_key"] for entry in told}) == 1


@pytest.mark.timeout(2 * MOST_SECONDS)
def test_a_worker_that_is_paused_beyond_its_lease_sends_no_more_and_another_goes_on(slow_service, workers, until):
    paused = workers.start()
    until(sends(slow_service))
    until(lambda: paused_outside_a_transaction(slow_service, paused))
    doubted = len(in_doubt(slow_service))
    slow_service.use(fcm_quota=600_000)
    workers.start()
    until(lambda: not slow_service.open_chunks(), seconds=MOST_SECONDS)
    told = slow_service.accepted()
    os.kill(paused, signal.SIGCONT)
    until(lambda: workers.has_stopped("worker-1"))
    assert slow_service.accepted() == told
    assert results(slow_service) == {PushResult.ACCEPTED: PHONES}
    assert slow_service.fake.stats()["duplicates"] <= doubted + workers.left_in_doubt()


def test_the_chunks_of_a_killed_worker_are_taken_over_by_one_that_lives(slow_service, workers, until):
    first = workers.start()
    until(sends(slow_service))
    workers.start()
    workers.kill(first)
    left = held_by(slow_service, "worker-1")
    assert left
    killed_at = time.monotonic()
    until(lambda: not held_by(slow_service, "worker-1"))
    print(f"taken over after {time.monotonic() - killed_at:.1f} s")  # noqa: T201 - measured, never asserted


def held_by(service, worker):
    with service.drill.database.read() as uow:
        chunks = [uow.chunks.get(number) for number in range(1, 200)]
    return [chunk.id for chunk in chunks if chunk and chunk.claimed_by == worker and chunk.state == "claimed"]
