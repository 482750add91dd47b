"""An event loop in a thread of its own, for callers that are synchronous (design.md §1)."""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import httpx

T = TypeVar("T")


class LoopThread:
    """Runs coroutines for any number of threads. Only a loop can bound a request as a whole, name look-up included."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Waits for the coroutine's result, or raises what it raised."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Ends the loop and its thread; nothing may run in it any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class LoopClient:
    """An HTTP client and the loop it lives in, for every thread. It opens when first used, and anew after a fork."""

    def __init__(self, name: str, make: Callable[[], httpx.AsyncClient]) -> None:
        """`name` is that of the thread; `make` is called once in each process that sends something."""
        self._name = name
        self._make = make
        self._lock = threading.Lock()
        self._open: tuple[int, LoopThread, httpx.AsyncClient] | None = None  # process id, and what belongs to it

    def run(self, work: Callable[[httpx.AsyncClient], Coroutine[Any, Any, T]]) -> T:
        """Waits for what the work does with the client, or raises what it raised."""
        loop, client = self._connected()
        return loop.run(work(client))

    def close(self) -> None:
        """Closes the connections; whatever is run later opens new ones."""
        with self._lock:
            if self._open and self._open[0] == os.getpid():
                _, loop, client = self._open
                loop.run(client.aclose())
                loop.close()
            self._open = None

    def _connected(self) -> tuple[LoopThread, httpx.AsyncClient]:
        with self._lock:
            if self._open is None or self._open[0] != os.getpid():
                self._open = (os.getpid(), LoopThread(self._name), self._make())
            return self._open[1:]
