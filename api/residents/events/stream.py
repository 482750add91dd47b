"""One open stream (WHATWG HTML §9.2, text/event-stream): what differs from what its app knows, as it changes."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.residents.events.marks import KINDS, marks_in, token_of
from api.residents.events.open_stream import OpenStream
from api.residents.events.pulse import Pulse
from api.residents.spoken import highest_level
from api.times import rfc3339

HEARTBEAT_SECONDS = 15.0  # below the minute after which proxies and mobile networks forget a silent connection
_LONGEST_SECONDS = 3_600.0  # then the app comes back: whoever is gone without a word holds no place for ever
_RETRY_MILLISECONDS = (3_000, 10_000)  # spread, so that a restart is not answered by everybody at once


@dataclass(frozen=True, slots=True)
class Asked:
    """What one app asks for: districts (none: the whole city), and the id of the last event that it got."""

    districts: frozenset[str]
    last_event_id: str
    prefix: str


class EventStream(OpenStream):
    """The stream of one app. Its place in the pulse is taken before."""

    def __init__(self, pulse: Pulse, asked: Asked) -> None:
        super().__init__(pulse, longest_seconds=_LONGEST_SECONDS)
        self._pulse = pulse
        self._asked = asked
        self._known = marks_in(asked.last_event_id)

    async def pump(self) -> None:
        """Gives the events, and a sign of life in between."""
        await self.give(f"retry: {_RETRY_MILLISECONDS[0] + secrets.randbelow(_RETRY_MILLISECONDS[1])}\n\n")
        while self.goes_on:
            change = self._pulse.change()
            for event in self._news():
                await self.give(event)
            if not await self.set_within(change, HEARTBEAT_SECONDS):
                await self.give(f": {rfc3339(self._pulse.services.clock.now())}\n\n")

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
        overview = basis.held.overview and basis.held.overview.within(self._asked.districts)
        said = {
            "as_of": rfc3339(age.as_of) if age.as_of else None,
            "stale": age.stale,
            "drill": self._pulse.services.is_drill,
            "read": f"{self._asked.prefix}/{kind}",
        }
        level = highest_level(overview.states) if overview else None
        return {**said, "level": level} if kind == "situation" else said
