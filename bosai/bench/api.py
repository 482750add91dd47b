"""`bosai bench api`: what phones ask, against the same web server giving the same bytes as a constant."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

import orjson

from bosai.bench.api_score import NOT_MODIFIED, READS, Scores, report
from bosai.bench.cargo import TOKEN_LENGTH
from bosai.bench.constant import Recorded, keep
from bosai.bench.contender import BenchError, contend
from bosai.bench.load import Question
from bosai.bench.report import Report
from bosai.bench.usage import peak_rss_mb
from bosai.bench.web import Server, constant_server, real_server, settings_in

PHONES = 6_000  # ask each thing once, in each turn
TURNS = 3
CONNECTIONS = 32
PEERS = ("uvicorn", "fastapi")  # the web server alone; with the framework's least around the constant
_PHONE = {"User-Agent": "bosai-bench", "Accept": "application/json", "Accept-Language": "ja"}
_NEW_PHONE = orjson.dumps(
    {
        "address": {"kind": "token", "value": "bench-#:".ljust(TOKEN_LENGTH, "x")},
        "platform": "android",
        "language": "ja",
        "districts": [],
        "normal_pushes": True,
    }
).decode()
_QUESTION_SECONDS = 10.0
_START_SECONDS = 20.0  # for the load's own process


@dataclass(frozen=True, slots=True)
class _Read:
    """What is asked of the real application and, under a path of its own, of the constants."""

    name: str
    path: str
    headers: dict[str, str]
    answer: Recorded

    def of(self, server: str, where: Server) -> Question:
        """The same for one server."""
        path = self.path if server == "ours" else self.answer.path
        return Question(where.process.pid, where.port, path, self.headers)


def bench_api(phones: int, *, compare: bool) -> Report:
    """Requests a second of one process: the three reads together, and 304 by itself. Raises `BenchError`."""
    scores: Scores = {}
    with _servers(compare) as (servers, reads):
        turns = [(server, read) for read in reads for server in servers]
        for _ in range(TURNS):
            questions = [asdict(read.of(server, servers[server])) for server, read in turns]
            for (server, read), found in zip(turns, _ask(questions, phones), strict=True):
                if found["statuses"] != {str(read.answer.status): phones}:
                    raise BenchError(f"{read.name}: {server} answered {found['statuses']} to {phones} requests")
                scores.setdefault((server, read.name), []).append(found)
        registered = _registered(servers["ours"], phones)
        return report(scores, registered, peak_rss_mb(servers["ours"].process))


def _registered(server: Server, phones: int) -> dict[str, Any]:
    """New phones register, each once, as many at a time as ask otherwise. Raises `BenchError` if one is refused."""
    headers = _PHONE | {"Content-Type": "application/json"}
    question = Question(server.process.pid, server.port, "/v1/devices", headers, _NEW_PHONE)
    (found,) = _ask([asdict(question)], phones)
    if found["statuses"].keys() != {str(HTTPStatus.CREATED.value)}:
        raise BenchError(f"registering: {found['statuses']}")
    return found


def _ask(questions: list[dict[str, Any]], phones: int) -> list[dict[str, Any]]:
    options = {"questions": questions, "requests": phones, "connections": CONNECTIONS, "seconds": _QUESTION_SECONDS}
    answers: list[dict[str, Any]] = contend("load", options, len(questions) * _QUESTION_SECONDS + _START_SECONDS)[
        "answers"
    ]
    return answers


@contextmanager
def _servers(compare: bool) -> Iterator[tuple[dict[str, Server], list[_Read]]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bosai-bench-")))
        real = stack.enter_context(real_server(settings_in(folder)))
        reads = _reads(real)
        keep([read.answer for read in reads], folder / "answers.json")
        peers = {
            kind: stack.enter_context(constant_server(kind, folder / "answers.json"))
            for kind in (PEERS if compare else ())
        }
        yield {"ours": real, **peers}, reads


def _reads(real: Server) -> list[_Read]:
    """Every answer as the real application gives it now. Raises `BenchError` if one is not what it should be."""
    found = [_Read(name, path, _PHONE, real.get(path, _PHONE)) for name, path in ((n, f"/v1/drill/{n}") for n in READS)]
    known = _PHONE | {"If-None-Match": found[0].answer.headers["etag"]}
    unchanged = real.get(found[0].path, known)
    found.append(_Read(NOT_MODIFIED, found[0].path, known, replace(unchanged, path=f"/{NOT_MODIFIED}")))
    given = [read.answer.status for read in found]
    if given != [HTTPStatus.OK] * len(READS) + [HTTPStatus.NOT_MODIFIED]:
        raise BenchError(f"the API answered {given} to {', '.join(read.name for read in found)}; try `bosai serve`")
    return found
