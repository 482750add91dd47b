"""The load of `bosai bench api`: a process that keeps some connections busy and times every answer."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from typing import Any, cast

import httptools
import psutil
import uvloop

from bosai.bench.usage import Meter, cpu_seconds

_WHERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask of which server; `pid` is its process, whose CPU time is read. With a body it is a POST."""

    pid: int
    port: int
    path: str
    headers: dict[str, str]
    body: str = ""  # every # becomes the number of the request, in eight digits

    def request(self, number: int) -> bytes:
        """The request as it goes over the wire."""
        body = self.body.replace("#", f"{number:08d}")
        lines = [f"{'POST' if body else 'GET'} {self.path} HTTP/1.1", f"Host: {_WHERE}:{self.port}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {len(body)}"] if body else []
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


class _Count:
    """How many answers are still wanted, and what came; shared by all connections."""

    def __init__(self, requests: int, done: asyncio.Event) -> None:
        self.to_send = requests
        self.open = requests
        self.done = done
        self.statuses: Counter[int] = Counter()
        self.waits: list[float] = []


class _Connection(asyncio.Protocol):
    """Asks, waits for the whole answer, asks again."""

    def __init__(self, question: Question, count: _Count) -> None:
        self._question = question
        self._request = question.request(0)
        self._count = count

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the first time."""
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Reads a part of an answer."""
        self._parser.feed_data(data)

    def connection_lost(self, _error: Exception | None) -> None:
        """Ends the run: a server that closes is a failure to be seen."""
        self._count.done.set()

    def on_message_complete(self) -> None:
        """One answer is whole (called by the parser)."""
        count = self._count
        count.waits.append(perf_counter() - self._asked_at)
        count.statuses[self._parser.get_status_code()] += 1
        count.open -= 1
        if count.open == 0:
            count.done.set()
        self._ask()

    def _ask(self) -> None:
        if self._count.to_send == 0:
            return
        self._count.to_send -= 1
        self._parser = httptools.HttpResponseParser(self)
        self._asked_at = perf_counter()
        self._transport.write(self._question.request(self._count.to_send) if self._question.body else self._request)


def ask(questions: list[dict[str, Any]], requests: int, connections: int, seconds: float) -> dict[str, Any]:
    """Asks each question `requests` times in all over so many connections, or as often as fits into `seconds`."""
    return {"answers": [_asked(Question(**question), requests, connections, seconds) for question in questions]}


def _asked(question: Question, requests: int, connections: int, seconds: float) -> dict[str, Any]:
    server = [psutil.Process(question.pid)]
    before = cpu_seconds(server)
    with Meter() as meter:
        count = uvloop.run(_ask(question, requests, min(connections, requests), seconds))
    used = cpu_seconds(server) - before
    percent = quantiles(count.waits, n=100) if len(count.waits) > 1 else [0.0] * 99
    answered = max(1, len(count.waits))
    return {
        "count": len(count.waits),
        "per_second": round(answered / meter.seconds, 1),
        "server_cpu_s_per_1000": round(used / answered * 1000, 4),
        "load_busy": round(meter.cpu_seconds / meter.seconds, 2),
        "p50_ms": round(percent[49] * 1000, 2),
        "p99_ms": round(percent[98] * 1000, 2),
        "statuses": {str(status): number for status, number in count.statuses.items()},
    }


async def _ask(question: Question, requests: int, connections: int, seconds: float) -> _Count:
    count = _Count(requests, asyncio.Event())
    loop = asyncio.get_running_loop()
    for _ in range(connections):
        await loop.create_connection(lambda: _Connection(question, count), _WHERE, question.port)
    try:
        await asyncio.wait_for(count.done.wait(), seconds)
    except TimeoutError:
        count.to_send = 0
    return count
