"""Sends by a process of its own, which lives as long as this one (decision 21)."""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from alerts.ports import Clock, Jobs, PushOutcome, PushSender, StopSendingError
from workers.fcm.apart.wire import Wire
from workers.fcm.apart.words import Begin, Done, HoldBack, KeepOn, MakeReady, NoMore, Send, Stop, Told

LOOK_AGAIN = 0.005  # seconds until more jobs are asked for: the first message of a warning waits no longer
START_SECONDS = 30.0  # until the first sign of life of a new process, on a machine with much else to do
SILENT_SECONDS = 2.0  # ten signs of life a second are expected; one that is paused longer has lost its leases
END_SECONDS = 3.0  # in which a call that must stop ends, and a process that is not needed any more

_log = logging.getLogger(__name__)


class ApartSender:
    """Implements `alerts.ports.PushSender` by another one in a process of its own.

    That process goes on by itself as long as the leases that it last heard of, stops at their end, and ends with this
    one. Used by one thread at a time, in the process that uses it first.
    """

    def __init__(self, recipe: Callable[[], PushSender]) -> None:
        """`recipe` makes the sender, there; it can be pickled. Raises what it raises here, before anything is sent."""
        self._channel = recipe().channel
        self._recipe = recipe
        self._wire: Wire | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    @property
    def channel(self) -> str:
        """That of the sender."""
        return self._channel

    def send(self, jobs: Jobs, clock: Clock, record: Callable[[Sequence[PushOutcome]], bool | None]) -> None:
        """Sends; see `PushSender.send`. Raises `StopSendingError` also where the other process ends or is stuck."""
        call = _Call(self._connected(), jobs, record)
        try:
            error = call.run(clock)
        except EOFError:
            self._forget()
            raise StopSendingError("the process that sends has ended") from None
        except BaseException:
            self._forget()
            raise
        if error is not None:
            raise error

    def keep_ready(self) -> None:
        """Starts the process if there is none, which then fetches what the first message would wait for."""
        try:
            wire = self._connected()
            wire.put(MakeReady())
            wire.turn(0)
        except (EOFError, OSError) as error:
            _log.error("the process that sends cannot be made ready: %s", error)
            self._forget()

    def close(self) -> None:
        """Ends the process."""
        self._forget(END_SECONDS)

    def _connected(self) -> Wire:
        if self._wire is not None and self._owner != os.getpid():
            raise RuntimeError(f"this sender belongs to process {self._owner}; build one in each process")
        if self._wire is None or self._process is None or self._process.poll() is not None:
            self._forget()
            (self._wire, self._process), self._owner = _start(self._recipe), os.getpid()
        return self._wire

    def _forget(self, patience: float = 0.0) -> None:
        """The process ends as soon as it sees that nobody listens; one that does not in `patience` seconds is ended."""
        wire, process, self._wire, self._process = self._wire, self._process, None, None
        if wire is None or process is None:
            return
        wire.close()
        if self._owner == os.getpid():
            with suppress(subprocess.TimeoutExpired):
                process.wait(patience)
            process.kill()
            process.wait()


def _start(recipe: Callable[[], PushSender]) -> tuple[Wire, "subprocess.Popen[bytes]"]:
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "workers.fcm.apart", str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=Path(__file__).parents[3])
    wire = Wire(ours)
    wire.put(recipe)
    return wire, process


class _Call:
    """One call of `send` on this side: hands on what comes, until the other side has done it."""

    def __init__(self, wire: Wire, jobs: Jobs, record: Callable[[Sequence[PushOutcome]], bool | None]) -> None:
        self._wire = wire
        self._jobs = jobs
        self._record = record
        self._kept_until: float | None = None
        self._is_behind = False
        self._is_open = True  # more jobs may come
        self._stopped: Exception | None = None
        self._end_by = monotonic() + (SILENT_SECONDS if wire.has_heard else START_SECONDS)

    def run(self, clock: Clock) -> Exception | None:
        """Returns what stopped it on either side; raises `StopSendingError` where the other side does not answer."""
        self._wire.put(Begin(clock))
        while True:
            if self._stopped is None:
                self._guarded(self._hand_on)
            for word in self._wire.turn(LOOK_AGAIN):
                match word:
                    case Done(error):
                        return self._stopped or error
                    case Told():
                        self._guarded(self._note, word.outcomes())
            if monotonic() >= self._end_by:  # asked after listening: who was paused hears first what came meanwhile
                raise StopSendingError("the process that sends gives no sign of life") from self._stopped

    def _guarded(self, act: Callable[..., None], *given: object) -> None:
        """What is wrong here stops the other side; what it has been answered until then is still noted."""
        try:
            act(*given)
        except Exception as error:  # noqa: BLE001 - returned by `run`
            if self._stopped is None:
                self._stopped, self._end_by = error, max(self._end_by, monotonic() + END_SECONDS)
                self._wire.put(Stop(str(error)))

    def _hand_on(self) -> None:
        """Never a job before the lease that stands behind it."""
        words = list(self._new_words()) if self._is_open else []
        if self._jobs.kept_until != self._kept_until:
            self._kept_until = self._jobs.kept_until
            self._wire.put(KeepOn(self._kept_until))
        for word in words:
            self._wire.put(word)

    def _new_words(self) -> Iterator[Send | NoMore]:
        for job in self._jobs:
            if job is None:
                return
            yield Send.of(job)
        self._is_open = False
        yield NoMore()

    def _note(self, outcomes: Sequence[PushOutcome]) -> None:
        if self._stopped is None:
            self._end_by = monotonic() + SILENT_SECONDS
        is_behind = self._record(outcomes) is True
        if is_behind != self._is_behind:
            self._is_behind = is_behind
            self._wire.put(HoldBack(is_behind))
