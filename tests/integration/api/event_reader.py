"""What an open app hears, as a browser's EventSource takes it apart (WHATWG HTML §9.2.6)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Event:
    """One event."""

    id: str
    kind: str
    data: dict[str, Any]


class Stream:
    """An open stream; each `next` waits for as long as the client does."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.comments: list[str] = []
        self.retry = 0
        self._lines = answer.iter_lines()

    def next(self) -> Event:
        fields: dict[str, str] = {}
        for line in self._lines:
            name, _, value = line.partition(": ")
            if not line and "data" in fields:
                return Event(fields["id"], fields["event"], json.loads(fields["data"]))
            if name == "retry":
                self.retry = int(value)
            elif line.startswith(":"):
                self.comments.append(value)
                fields = {}
            elif line:
                fields[name] = value
        raise EOFError

    def first(self, number: int = 3) -> list[Event]:
        return [self.next() for _ in range(number)]

    def until_comment(self) -> str:
        """The first comment that comes; an event before it is a mistake."""
        for line in self._lines:
            assert not line.startswith("event"), line
            if line.startswith(":"):
                return line
        raise EOFError


@contextmanager
def listening(client: httpx.Client, world: str = "/v1", after: str | None = None, **asked: Any) -> Iterator[Stream]:
    """A stream that has been opened."""
    headers = {"Last-Event-ID": after} if after else {}
    with client.stream("GET", f"{world}/events", params=asked, headers=headers) as answer:
        assert answer.status_code == 200, answer.read()
        yield Stream(answer)
