"""What the fake server has seen: the counts behind /stats and the last messages behind /messages."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from workers.fcm.fake.exchange import Request
from workers.fcm.fake.reading import message_of

KEPT_MESSAGES = 1000


@dataclass(slots=True)
class RevisionCount:
    """How one revision of one alert arrived."""

    first_at: float
    last_at: float
    devices: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)  # devices that were answered 200 more than once (R15)


class Ledger:
    """Counts requests as they arrive: what FCM took in is delivered, whether or not the sender lives to hear it."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Starts counting from nothing."""
        self._by_status: Counter[str] = Counter()
        self._revisions: dict[str, RevisionCount] = {}
        self._last: deque[tuple[float, str, Request]] = deque(maxlen=KEPT_MESSAGES)

    def accepted(self, revision: str, device: str, at: float) -> None:
        """One message that was taken in."""
        count = self._revisions.get(revision)
        if count is None:
            count = self._revisions[revision] = RevisionCount(at, at)
        count.last_at = at
        if device in count.devices:
            count.twice.add(device)
        count.devices.add(device)

    def answered(self, answer: str, request: Request, at: float) -> None:
        """One answer: an HTTP status, or the name of a breakage."""
        self._by_status[answer] += 1
        self._last.append((at, answer, request))

    def stats(self) -> dict[str, Any]:
        """The document of /stats."""
        revisions = self._revisions.values()
        return {
            "requests": self._by_status.total(),
            "accepted": self._by_status["200"] + self._by_status["unanswered"],
            "by_status": dict(sorted(self._by_status.items())),
            "duplicates": sum(len(count.twice) for count in revisions),
            "first_at": _time(min((count.first_at for count in revisions), default=None)),
            "last_at": _time(max((count.last_at for count in revisions), default=None)),
            "revisions": {name: _revision(count) for name, count in self._revisions.items()},
        }

    def last(self, limit: int) -> list[dict[str, Any]]:
        """The last messages, newest first, as they came over the wire."""
        newest = list(self._last)[-limit:] if limit > 0 else []
        return [
            {
                "at": _time(at),
                "answer": answer,
                "message": message_of(request.body) or {},
                "headers": _without_secret(request.headers),
            }
            for at, answer, request in reversed(newest)
        ]


def _revision(count: RevisionCount) -> dict[str, Any]:
    return {
        "devices": len(count.devices),
        "duplicates": len(count.twice),
        "first_at": _time(count.first_at),
        "last_at": _time(count.last_at),
    }


def _time(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat()


def _without_secret(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "authorization"}
