"""The process that sends: it keeps the connections, and ends with whoever started it (decision 21)."""

import gc
import signal
import socket
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from alerts.ports import Clock, PushJob, PushOutcome, PushSender
from alerts.service.desk import Desk
from workers.fcm.apart.wire import Wire
from workers.fcm.apart.words import Begin, Done, HoldBack, KeepOn, MakeReady, NoMore, Send, Stop, Told

LISTEN_SECONDS = 0.004  # how often a call that sends looks for more to do
IDLE_SECONDS = 60.0
GARBAGE_AFTER = 20_000  # new objects


class Call:
    """One call of `send`: its jobs come over the wire, and its outcomes leave by it."""

    def __init__(self, wire: Wire, words: deque[Any]) -> None:
        self._wire = wire
        self._words = words  # come already, or yet to come
        self._desk = Desk()
        self._is_behind = False
        self._listen_at = 0.0

    def __iter__(self) -> "Call":
        return self

    def __next__(self) -> PushJob | None:
        """See `Desk`. Raises `EOFError` when whoever started this process has gone: its leases are worth nothing."""
        if self._words or monotonic() >= self._listen_at:
            self._listen()
        return next(self._desk)

    @property
    def kept_until(self) -> float:
        """See `Jobs`."""
        return self._desk.kept_until

    def record(self, outcomes: Sequence[PushOutcome]) -> bool:
        """Sends outcomes away; True while they are not written as fast. Raises what `__next__` does."""
        self._wire.put(Told.of(outcomes))
        self._listen()
        self._desk.record(())  # the lease ends also where no job is asked for any more
        return self._is_behind

    def _listen(self) -> None:
        self._words.extend(self._wire.turn(0))
        self._listen_at = monotonic() + LISTEN_SECONDS
        while self._words:
            match self._words.popleft():
                case Send() as word:
                    self._desk.hand_over([word.job()])
                case KeepOn(until):
                    self._desk.keep(until)
                case HoldBack(is_behind):
                    self._is_behind = is_behind
                case NoMore():
                    self._desk.end()
                case Stop(reason):
                    self._desk.stop(reason)
                case MakeReady():
                    pass  # it is


def serve(wire: Wire, sender: PushSender, words: deque[Any]) -> None:
    """Sends, call by call. `words` have come already. Raises `EOFError` when the other end has gone."""
    while True:
        words.extend(wire.turn(0 if words else IDLE_SECONDS))
        if not words:
            continue
        match words.popleft():
            case MakeReady():
                sender.keep_ready()
            case Begin(clock):
                wire.put(Done(_send(Call(wire, words), sender, clock)))
            case _:
                pass  # of a call that ended before it heard this


def _send(call: Call, sender: PushSender, clock: Clock) -> Exception | None:
    try:
        sender.send(call, clock, call.record)
    except EOFError:
        raise
    except Exception as error:  # noqa: BLE001 - raised again where the call was made
        return error
    return None


def main(fd: int) -> None:
    """Runs until the other end of the socket is closed: signals to a whole worker are for the worker to obey."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    wire = Wire(socket.socket(fileno=fd))
    with suppress(EOFError):
        recipe, *words = wire.turn(IDLE_SECONDS)
        sender: PushSender = recipe()
        wire.put(Told(()))  # it lives: from now on it is not waited for as one that starts
        gc.freeze()  # what was imported is never looked through again
        gc.set_threshold(GARBAGE_AFTER, 20, 50)
        serve(wire, sender, deque(words))
