"""Workers that are forks of the test: they begin within milliseconds, so that most faults fall into the work.

What was told is counted by the fake FCM server, which nothing happens to.
"""

import os
import signal
import time
import traceback
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from alerts.city.drills import load_drill
from alerts.ports import PushResult
from alerts.service.arrival import Incoming
from alerts.service.claim import LEASE
from alerts.service.deliver import deliver
from alerts.service.receive import receive

PHONES = 4_000  # chunks of 100, in three tiers
MESSAGES_A_MINUTE = 1_200  # 60 at once and 19 a second in each life of a worker: the fan-out outlasts the faults
BRISK = 6_000  # messages a minute: 300 at once, the others in 40 s; where one worker does it all
LANDSLIDE_LEVEL_4 = 3  # step of the short drill
MOST_SECONDS = 240  # on a machine that is busy with other tests


def everybody_is_to_be_told(service):
    """Of a critical alert, slowly."""
    service.use(fcm_quota=MESSAGES_A_MINUTE)
    service.add_phones(PHONES)
    file, raw = load_drill(service.drill.pack.root, "short").telegram(LANDSLIDE_LEVEL_4, service.drill.clock.now())
    receive(service.drill, [Incoming("drill:faults", file, raw, service.drill.clock.now())])


class Workers:
    """Forked workers of one service; each has a name that no other has."""

    def __init__(self, service):
        self._service = service
        self._begun = 0
        self._said, self._say = os.pipe()  # not a file: a worker whose disk is full must be able to say it too
        os.set_blocking(self._said, False)
        self._notes = ""  # how many a worker left in doubt that stopped by itself
        self.running = []

    def start(self):
        self._begun += 1
        name = f"worker-{self._begun}"
        pid = os.fork()
        if pid == 0:
            try:
                self._work(name)
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                os._exit(1)
        self.running.append(pid)
        return pid

    def _work(self, name):
        while True:
            with suppress(SQLAlchemyError, OSError):  # as a task that failed: it is nudged again
                if "stopped" in deliver(self._service.drill, name).values():
                    os.write(self._say, f"{name} {len(in_doubt(self._service))}\n".encode())
            time.sleep(0.05)

    def left_in_doubt(self):
        return sum(int(line.split()[1]) for line in self._noted().splitlines())

    def has_stopped(self, name):
        return f"{name} " in self._noted()

    def _noted(self):
        with suppress(BlockingIOError):  # nothing more was said
            while said := os.read(self._said, 65_536):
                self._notes += said.decode()
        return self._notes

    def kill(self, pid):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.running.remove(pid)

    def end(self):
        for pid in list(self.running):
            with suppress(ProcessLookupError):
                self.kill(pid)
        os.close(self._said)
        os.close(self._say)


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


def has_ended_sending(service):
    """A condition: for longer than a lease nothing has reached the provider."""
    seen = [service.accepted(), time.monotonic()]

    def condition():
        if (told := service.accepted()) != seen[0]:
            seen[:] = told, time.monotonic()
        return time.monotonic() - seen[1] > LEASE.total_seconds() + 0.5

    return condition


def not_written(service):
    """How many messages the provider took, of which the database does not know."""
    return service.accepted() - results(service).get(PushResult.ACCEPTED, 0)


def assert_everybody_was_told(service, most_duplicates):
    """Twice only who was told and not written down, and such a phone shows it once (R15)."""
    assert results(service) == {PushResult.ACCEPTED: PHONES}
    (revision,) = service.fake.stats()["revisions"].values()
    assert revision["devices"] == PHONES
    assert revision["duplicates"] <= most_duplicates
    told = service.fake.messages(1000)
    assert len({entry["message"]["android"]["notification"]["tag"] for entry in told}) == 1
