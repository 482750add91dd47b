"""Tells the open streams of one world when its answers have changed. One task looks, however many streams wait."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

from api.problems import ProblemError
from api.residents.answers import Answers
from api.residents.events.ending import told_to_end
from api.residents.events.marks import Marks, marks_of
from api.residents.snapshot import Snapshot

EVENT_STREAMS = 500  # each takes an open file of the process, and systems often allow 1,024
_COME_BACK_SECONDS = 30


class Beating(Protocol):
    """Something that looks again and again, and whose streams end with the server."""

    async def keep(self, every_seconds: float) -> None:
        """Looks until it is cancelled."""

    def close(self) -> None:
        """Ends all streams."""


class Pulse:
    """The streams of one world: at most `limit`, so that they never take the reads' connections."""

    def __init__(self, snapshot: Snapshot, limit: int) -> None:
        self.services = snapshot.services
        self.is_closing = False
        self._snapshot = snapshot
        self._limit = limit
        self._open = 0
        self._answers = snapshot.answers
        self._marks: dict[frozenset[str], Marks] = {}
        self._changed = asyncio.Event()

    async def keep(self, every_seconds: float) -> None:
        """Looks at the answers in memory until it is cancelled."""
        while True:
            self._look()
            await asyncio.sleep(every_seconds)

    @property
    def answers(self) -> Answers:
        """What is known now."""
        return self._answers

    def marks(self, districts: frozenset[str]) -> Marks:
        """The marks of what is known now, made once for all streams that ask for the same districts."""
        if districts not in self._marks:
            self._marks[districts] = marks_of(self._answers, districts)
        return self._marks[districts]

    def change(self) -> asyncio.Event:
        """Is set when something may have changed, or the streams are to end. Ask before looking at the marks."""
        return self._changed

    def close(self) -> None:
        """Ends all streams: their apps come back to whoever serves next."""
        self.is_closing = True
        self._wake()

    def enter(self) -> None:
        """Takes a place. Raises `ProblemError` if all are taken; an app then asks now and then instead."""
        if self.is_closing or self._open >= self._limit:
            raise ProblemError(
                "too-many-streams",
                "Read the situation each minute instead, and try the stream again later.",
                headers={"Retry-After": str(_COME_BACK_SECONDS)},
            )
        self._open += 1
        self._look()  # who has just read something newer must not be told what was before

    @contextmanager
    def place(self) -> Iterator[None]:
        """Gives the place back at the end."""
        try:
            yield
        finally:
            self._open -= 1

    def _look(self) -> None:
        newest = self._snapshot.answers
        if newest is not self._answers:
            self._answers = newest
            self._marks.clear()
            self._wake()

    def _wake(self) -> None:
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()


@asynccontextmanager
async def beating(pulses: Collection[Beating], every_seconds: float) -> AsyncIterator[None]:
    """Keeps them looking, and ends their streams as soon as the server is told to end."""

    def end() -> None:
        """Ends the streams of every world."""
        for pulse in pulses:
            pulse.close()

    tasks = [asyncio.create_task(pulse.keep(every_seconds)) for pulse in pulses]
    with told_to_end(end):
        yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
