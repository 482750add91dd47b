"""The servers of `bosai bench api`: the real application with a storm in it, and its answers given as constants."""

import http.client
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import psutil

from alerts.city.drills import Drill
from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from alerts.service.services import Services
from bosai import parts, startup
from bosai.bench.constant import Recorded
from bosai.bench.contender import BenchError, command
from bosai.bench.storm import longest_drill
from bosai.processes import Child, Part
from bosai.settings import Settings, child_environment, load_settings
from bosai.wiring import Worlds

_READY_SECONDS = 30.0
_LOOK_SECONDS = 0.05
_LOG_LINES = 20
_SERVERS_OWN = {"date", "server", "content-length"}


@dataclass(frozen=True, slots=True)
class Server:
    """A web server that answers on 127.0.0.1."""

    port: int
    process: psutil.Process

    def get(self, path: str, headers: Mapping[str, str]) -> Recorded:
        """One answer, without what the web server adds to it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
            body = response.read().decode()
        finally:
            connection.close()
        kept = {name.lower(): value for name, value in response.getheaders() if name.lower() not in _SERVERS_OWN}
        return Recorded(path, response.status, kept, body)


def settings_in(folder: Path) -> Settings:
    """Those of an API on databases of its own."""
    return load_settings().changed(
        data=folder,
        environment="embedded",
        port=startup.free_port(),
        database_url=None,
        drill_database_url=None,
        redis_url=None,
        feeds=False,
        firebase_key=None,
        secret_key=None,
        former_secret_key=None,
        log_level="WARNING",
    )


@contextmanager
def real_server(settings: Settings) -> Iterator[Server]:
    """The API. Its drill world has the hardest hour of the longest drill."""
    startup.migrate(settings)
    worlds = Worlds(settings)
    storm = longest_drill(worlds["drill"].pack)
    play(worlds["drill"], storm, range(middle(storm)))
    worlds.close()
    with _running(Part("api", parts.api(settings), child_environment(settings)), settings.port) as server:
        yield server


@contextmanager
def constant_server(kind: str, answers: Path) -> Iterator[Server]:
    """The same web server giving the answers of a file; `kind` is one of `bosai.bench.constant.KINDS`."""
    port = startup.free_port()
    options = {"port": port, "kind": kind, "file": str(answers)}
    part = Part(kind, command("constant", options), child_environment(load_settings()))
    with _running(part, port) as server:
        yield server


def middle(storm: Drill) -> int:
    """The step of a storm before which most is in force."""
    return (len(storm.steps) + 1) // 2


def play(services: Services, drill: Drill, steps: Iterable[int]) -> None:
    """Receives some telegrams of a drill; nobody is registered, so nobody is told."""
    for index in steps:
        now = services.clock.now()
        file, raw = drill.telegram(index, now)
        receive(services, [Incoming(f"bench:{index}", file, raw, now)])


@contextmanager
def _running(part: Part, port: int) -> Iterator[Server]:
    said: list[str] = []
    child = Child(part, lambda _, line: said.append(line))
    child.start()
    try:
        _wait_ready(child, port, said)
        yield Server(port, psutil.Process(child.pid))
    finally:
        child.kill()


def _wait_ready(child: Child, port: int, said: list[str]) -> None:
    end = time.monotonic() + _READY_SECONDS
    while not _answers(port):
        if time.monotonic() > end or not child.is_running():
            lines = "\n".join(said[-_LOG_LINES:])
            raise BenchError(f"the {child.part.name} server does not start; it said:\n{lines}")
        time.sleep(_LOOK_SECONDS)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/v1/drill/shelters")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
