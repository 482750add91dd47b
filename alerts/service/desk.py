"""What passes between the thread that sends and the one that keeps the books (decision 4)."""

import time
from collections import deque
from collections.abc import Iterable, Sequence
from threading import Event, Lock

from alerts.ports import PushJob, PushOutcome, StopSendingError

FOR_EVER = float("inf")
BEHIND_SECONDS = 0.5  # outcomes older than this and not in the database: nothing new is handed over


class Desk:
    """Jobs go one way, outcomes the other. Implements `alerts.ports.Jobs` for the sender.

    The sender may go on until `kept_until`, which the books move on with every lease they renew. Nobody but this clock
    has to notice that the process was paused, or that the database is away.
    """

    def __init__(self) -> None:
        self._jobs: deque[PushJob] = deque()
        self._answers: list[PushOutcome] = []
        self._answered_at = 0.0  # when the oldest outcome of `_answers` came
        self._lock = Lock()
        self._kept_until = FOR_EVER  # there is nothing to send yet
        self._over = False
        self._reason = "the lease ended: outcomes could not be recorded in time, or this process was paused"
        self._bell = Event()

    def __iter__(self) -> "Desk":
        return self

    def __next__(self) -> PushJob | None:
        """The next job, None if there is none now; the end when nothing will follow. Raises `StopSendingError`."""
        self._check()
        if self._jobs:
            return self._jobs.popleft()
        if self._over:
            raise StopIteration
        return None

    def record(self, outcomes: Sequence[PushOutcome]) -> bool:
        """Takes outcomes; True while the books are behind. Raises `StopSendingError`."""
        with self._lock:
            if outcomes and not self._answers:
                self._answered_at = time.monotonic()
            self._answers += outcomes
            behind = bool(self._answers) and time.monotonic() - self._answered_at > BEHIND_SECONDS
        self._check()
        return behind

    def hand_over(self, jobs: Iterable[PushJob]) -> None:
        """More to send."""
        self._jobs.extend(jobs)

    def answers(self) -> list[PushOutcome]:
        """The outcomes since the last time; whoever takes them writes them."""
        with self._lock:
            taken, self._answers = self._answers, []
        return taken

    def give_back(self, outcomes: list[PushOutcome]) -> None:
        """These could not be written: they come first the next time."""
        with self._lock:
            self._answers[:0] = outcomes

    def keep(self, until: float) -> None:
        """The leases are renewed: the sender may go on until this monotonic time."""
        self._kept_until = until

    def end(self) -> None:
        """No job will follow."""
        self._over = True

    def stop(self, reason: str) -> None:
        """The sender must stop at once."""
        self._reason, self._kept_until = reason, 0.0

    def leave(self) -> None:
        """The sender has ended, in whatever way."""
        self._over = True
        self._bell.set()

    @property
    def is_left(self) -> bool:
        """Whether the sender has ended."""
        return self._bell.is_set()

    @property
    def kept_until(self) -> float:
        """Until when the sender may go on."""
        return self._kept_until

    def rest(self, seconds: float | None = None) -> None:
        """Waits so long for the sender to end; None: until it has."""
        self._bell.wait(seconds)

    def _check(self) -> None:
        if time.monotonic() >= self._kept_until:
            raise StopSendingError(self._reason)
