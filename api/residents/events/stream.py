"""One open stream (WHATWG HTML §9.2, text/event-stream): what differs from what its app knows, as it changes."""

import asyncio
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import Response
from starlette.types import Receive, Scope, Send

from api.residents.events.marks import KINDS, marks_in, token_of
from api.residents.events.pulse import Pulse
from api.residents.spoken import highest_level
from api.times import rfc3339

MEDIA_TYPE = "text/event-stream"
HEARTBEAT_SECONDS = 15.0  # below the minute after which proxies and mobile networks forget a silent connection
_LONGEST_SECONDS = 3_600.0  # then the app comes back: whoever is gone without a word holds no place for ever
_STUCK_SECONDS = 30.0  # a phone that takes nothing for so long is gone
_RETRY_MILLISECONDS = (3_000, 10_000)  # spread, so that a restart is not answered by everybody at once

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy must not collect events


@dataclass(frozen=True, slots=True)
class Asked:
    """What one app asks for: districts (none: the whole city), and the id of the last event that it got."""

    districts: frozenset[str]
    last_event_id: str
    prefix: str


class EventStream(Response):
    """The answer that does not end by itself. Its place in the pulse is taken before and given back here."""

    media_type = MEDIA_TYPE

    def __init__(self, pulse: Pulse, asked: Asked) -> None:
        super().__init__(headers=_HEADERS)
        del self.headers["content-length"]
        self._pulse = pulse
        self._asked = asked
        self._known = marks_in(asked.last_event_id)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends until the app is gone, the service ends or an hour is over."""
        with self._pulse.place():
            pump = asyncio.ensure_future(self._pump(send))
            gone = asyncio.ensure_future(_disconnected(receive))
            try:
                await asyncio.wait({pump, gone}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (pump, gone):
                    task.cancel()
                await asyncio.gather(pump, gone, return_exceptions=True)

    async def _pump(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await _give(send, f"retry: {_RETRY_MILLISECONDS[0] + secrets.randbelow(_RETRY_MILLISECONDS[1])}\n\n")
        end = asyncio.get_running_loop().time() + _LONGEST_SECONDS
        while not self._pulse.is_closing and asyncio.get_running_loop().time() < end:
            change = self._pulse.change()
            for event in self._news():
                await _give(send, event)
            if not await _set_within(change, HEARTBEAT_SECONDS):
                await _give(send, f": {rfc3339(self._pulse.services.clock.now())}\n\n")
        await _give(send, "", last=True)

    def _news(self) -> Iterator[str]:
        """An event for each kind that differs. Its id says what the app knows with it, so a lost one comes again."""
        now = self._pulse.marks(self._asked.districts)
        for kind in KINDS:
            if self._known[kind] != now[kind]:
                self._known = {**self._known, kind: now[kind]}
                data = json.dumps(self._said(kind), separators=(",", ":"))
                yield f"id: {token_of(self._known)}\nevent: {kind}\ndata: {data}\n\n"

    def _said(self, kind: str) -> dict[str, Any]:
        basis = self._pulse.answers.basis
        age = basis.ages.sites if kind == "shelters" else basis.ages.situation
        overview = basis.held.overview
        said = {
            "as_of": rfc3339(age.as_of) if age.as_of else None,
            "stale": age.stale,
            "drill": self._pulse.services.is_drill,
            "read": f"{self._asked.prefix}/{kind}",
        }
        level = highest_level(overview.states) if overview else None
        return {**said, "level": level} if kind == "situation" else said


async def _give(send: Send, text: str, *, last: bool = False) -> None:
    async with asyncio.timeout(_STUCK_SECONDS):
        await send({"type": "http.response.body", "body": text.encode(), "more_body": not last})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
