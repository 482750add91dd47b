"""The telling: letters that are due go out side by side, and one that hangs withholds no other (R15, R22, R27)."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from functools import partial

from alerts.channel.letter import SEND_SECONDS, Answer, Taken
from alerts.channel.subscriber import Channel
from alerts.service.channels.errand import Errand
from alerts.service.channels.spread import spread
from alerts.service.channels.take import LEASE, take_dispatch, take_replay
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork
from alerts.world import WorldMismatchError

ROUND_SECONDS = 15.0  # then the worker is asked anew; what is under way is finished
SLOTS = {Channel.EMAIL: 4, Channel.WEBHOOK: 24}  # side by side; a mail server takes few connections of one client
REPLAY_SLOTS = 4  # of the webhooks': what is new never waits for what is old
LOOK_SECONDS = 0.1
RENEW_SECONDS = 1.0
WRITE_LATE_SECONDS = 30.0  # what was answered is written, also after the database was away

_log = logging.getLogger(__name__)


def dispatch(services: Services, worker: str, *, seconds: float = ROUND_SECONDS) -> int:
    """Tells the list what is due, for at most `seconds` and the time of one letter; returns how many tries it made.

    Safe to call any number of times, in any number of processes: rows are claimed by compare-and-set.
    """
    _end_late(services)
    with ExitStack() as pools:
        by_channel = {
            channel: pools.enter_context(ThreadPoolExecutor(slots, thread_name_prefix=f"{channel}-letters"))
            for channel, slots in SLOTS.items()
        }
        return _Round(services, worker, by_channel, time.monotonic() + seconds).run()


def _end_late(services: Services) -> None:
    """Writes only where something is too late: this is asked each second."""
    now = services.clock.now()
    with services.database.read() as uow:
        if not uow.dispatches.has_late(now):
            return
    run(services.database, lambda uow: uow.dispatches.expire(now))


class _Round:
    """One round: what is under way, and what was answered and is not written yet."""

    def __init__(self, services: Services, worker: str, pools: dict[Channel, ThreadPoolExecutor], end: float) -> None:
        self._services = services
        self._worker = worker
        self._pools = pools
        self._end = end
        self._running: dict[Future[Answer], Errand] = {}
        self._answers: list[tuple[Errand, Answer]] = []
        self._renew_at = time.monotonic() + RENEW_SECONDS
        self._tries = 0

    def run(self) -> int:
        """Returns when nothing is due or the time is over, and everything answered is written."""
        while True:
            if not self._answers and time.monotonic() < self._end:  # who cannot record may not send
                spread(self._services)
                self._begin()
            if not self._running and not self._answers:
                return self._tries
            self._gather()
            self._write()

    def _begin(self) -> None:
        for channel, pool in self._pools.items():
            under_way = sum(one.letter.subscriber.channel is channel for one in self._running.values())
            for errand in self._errands(channel, SLOTS[channel] - under_way):
                sender = self._services.channels[channel]
                self._running[pool.submit(sender.send, errand.letter)] = errand
                self._tries += 1

    def _errands(self, channel: Channel, free: int) -> Iterator[Errand]:
        """Those that failed lately are begun only early in a round: waiting for them keeps it from no other."""
        now, patient = self._services.clock.now(), self._end - time.monotonic() >= SEND_SECONDS
        with self._services.database.read() as uow:
            due = uow.dispatches.due(channel, now, free, patient=patient) if free > 0 else []
            may_replay = patient and channel is Channel.WEBHOOK and channel in self._services.channels
            again = uow.replays.due(now, REPLAY_SLOTS) if may_replay else ()
        for dispatch_id in due:
            errand = run(self._services.database, partial(take_dispatch, self._services, self._worker, dispatch_id))
            if errand is not None:
                yield errand
        for replay_id in again[: max(0, free - len(due))]:
            said = run(self._services.database, partial(take_replay, self._services, self._worker, replay_id))
            if said is not None:
                yield said

    def _gather(self) -> None:
        done, _ = wait(self._running, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
        for future in done:
            errand = self._running.pop(future)
            self._answers.append((errand, _answer(future, errand)))

    def _write(self) -> None:
        """One transaction for what was answered together, and for the leases of the rest."""
        if not self._answers and time.monotonic() < self._renew_at:
            return
        try:
            run(self._services.database, self._recorded)
        except Exception as error:
            if time.monotonic() > self._end + WRITE_LATE_SECONDS:
                raise
            _log.warning("answers to letters are not recorded yet: %s", error)
            time.sleep(LOOK_SECONDS)
            return
        self._answers, self._renew_at = [], time.monotonic() + RENEW_SECONDS

    def _recorded(self, uow: UnitOfWork) -> None:
        now = self._services.clock.now()
        for errand, answer in self._answers:
            errand.record(uow, self._worker, answer, now)
        for errand in self._running.values():
            errand.renew(uow, self._worker, now, LEASE)


def _answer(future: Future[Answer], errand: Errand) -> Answer:
    """What the sender said; a defect in it is said with all it has, and concerns this letter alone."""
    try:
        return future.result()
    except WorldMismatchError as error:
        _log.error("letter %s: %s", errand.letter.id, error)
        return Answer(Taken.REFUSED, str(error))
    except Exception as error:  # noqa: BLE001 - of one letter; the others go on
        _log.exception("letter %s could not be sent", errand.letter.id)
        return Answer(Taken.NOT_NOW, f"{type(error).__name__}: {error}"[:200], doubtful=True)
