"""An answer that does not end by itself: server-sent events (WHATWG HTML §9.2) until its reader is gone."""

import asyncio
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from typing import Protocol

from fastapi import Response
from starlette.types import Receive, Scope, Send

MEDIA_TYPE = "text/event-stream"
_STUCK_SECONDS = 30.0  # a reader that takes nothing for so long is gone

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy must not collect events


class Beat(Protocol):
    """What a stream listens to."""

    is_closing: bool

    def place(self) -> AbstractContextManager[None]:
        """For as long as the stream is open."""


class OpenStream(Response, ABC):
    """A stream; its place in the pulse is given back here."""

    media_type = MEDIA_TYPE

    def __init__(self, beat: Beat, *, longest_seconds: float) -> None:
        super().__init__(headers=_HEADERS)
        del self.headers["content-length"]
        self._beat = beat
        self._longest_seconds = longest_seconds
        self._end = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends until the reader is gone, the service ends or the longest time is over."""
        with self._beat.place():
            pump = asyncio.ensure_future(self._whole(send))
            gone = asyncio.ensure_future(_disconnected(receive))
            try:
                await asyncio.wait({pump, gone}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (pump, gone):
                    task.cancel()
                await asyncio.gather(pump, gone, return_exceptions=True)

    @abstractmethod
    async def pump(self) -> None:
        """Gives what there is to say, while `goes_on`."""

    @property
    def goes_on(self) -> bool:
        """Whether it is not to end."""
        return not self._beat.is_closing and asyncio.get_running_loop().time() < self._end

    async def give(self, text: str, *, last: bool = False) -> None:
        """Sends a piece of text; raises `TimeoutError` if nobody takes it."""
        async with asyncio.timeout(_STUCK_SECONDS):
            await self._send({"type": "http.response.body", "body": text.encode(), "more_body": not last})

    @staticmethod
    async def set_within(event: asyncio.Event, seconds: float) -> bool:
        """Waits for a change; False if none came."""
        try:
            async with asyncio.timeout(seconds):
                return await event.wait()
        except TimeoutError:
            return False

    async def _whole(self, send: Send) -> None:
        self._send = send
        self._end = asyncio.get_running_loop().time() + self._longest_seconds
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await self.pump()
        await self.give("", last=True)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
