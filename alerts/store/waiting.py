"""Writes into one database that wait for each other, in one process (`alerts.store.together`)."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from alerts.store.unit_of_work import UnitOfWork


class WaitingWrite:
    """One thread's work, and what came of it."""

    def __init__(self, work: Callable[[UnitOfWork], Any], retry_on: tuple[type[Exception], ...]) -> None:
        self.work = work
        self.retry_on = retry_on
        self.is_done = False
        self.result: Any = None
        self.error: Exception | None = None


class Waiting:
    """The writes that wait, and whose turn it is to write them."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self._writes: deque[WaitingWrite] = deque()

    def add(self, write: WaitingWrite) -> None:
        """Somebody may write it from now on."""
        self._writes.append(write)

    def with_others(self, mine: WaitingWrite, most: int) -> list[WaitingWrite]:
        """A write, and others that wait too."""
        others = [self._writes.popleft() for _ in range(min(most, len(self._writes)))]
        return [mine, *(other for other in others if other is not mine and not other.is_done)]
