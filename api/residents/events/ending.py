"""Open streams end when the server is told to end: it waits for answers under way, and these never end themselves."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def told_to_end(end: Callable[[], None]) -> Iterator[None]:
    """Calls `end` in the running loop when the server's own signal handlers are called; else only at the end.

    The server gives an application no other word before it waits for the answers that are under way.
    """
    loop = asyncio.get_running_loop()
    is_main = threading.current_thread() is threading.main_thread()
    handlers = {number: signal.getsignal(number) for number in _SIGNALS} if is_main else {}

    def told(number: int, frame: FrameType | None) -> None:
        """Ends the streams, and lets the server end as it would have."""
        loop.call_soon_threadsafe(end)
        former = handlers[signal.Signals(number)]
        if callable(former):
            former(number, frame)

    for number in [one for one, former in handlers.items() if callable(former)]:
        signal.signal(number, told)
    try:
        yield
    finally:
        end()
        for number, former in handlers.items():
            signal.signal(number, former)
