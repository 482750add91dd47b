"""Tells the pages of a desk that something on them has changed; asks nothing while nobody looks."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOG = logging.getLogger(__name__)


class DeskPulse:
    """One world's. `look` returns what the pages show: unequal to the one before, something has changed."""

    def __init__(self, look: Callable[[], object]) -> None:
        self.is_closing = False
        self._look = look
        self._open = 0
        self._known: object = None
        self._changed = asyncio.Event()

    async def keep(self, every_seconds: float) -> None:
        """Looks until it is cancelled, while a stream is open."""
        while True:
            if self._open:
                await self._note()
            await asyncio.sleep(every_seconds)

    def change(self) -> asyncio.Event:
        """Is set at the next change, or when the streams are to end."""
        return self._changed

    def close(self) -> None:
        """Ends all streams."""
        self.is_closing = True
        self._wake()

    @contextmanager
    def place(self) -> Iterator[None]:
        """For as long as a stream is open."""
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    async def _note(self) -> None:
        try:
            found = await asyncio.to_thread(self._look)
        except Exception:  # noqa: BLE001  whatever is wrong, the pages must hear of it
            _LOG.exception("what the desk shows cannot be read: its pages are told to ask, and say so themselves")
            found = None
        if found != self._known:
            self._known = found
            self._wake()

    def _wake(self) -> None:
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()
