"""The whole compose file at work without an engine: every service's own command as a process on loopback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

import compose_file
import httpx
from compose_file import Service
from deploy_servers import free_port, on_loopback, postgresql, redis_server

from bosai.machine import postgresql_binaries

MIGRATE_SECONDS = 60


class Deployment:
    """The servers, and the service's parts as they are started; each part with a data folder of its own."""

    def __init__(self, variables: dict[str, str], folder: Path, feed_url: str) -> None:
        self.services = compose_file.services(variables)
        self.file = compose_file.compose(variables)
        self.folder = folder
        self.ports = {"api": free_port()}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._feed_url = feed_url
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        first_sql = self.file["configs"]["drill_database"]["content"]
        self.ports["postgres"] = self._stack.enter_context(postgresql(self.services["postgres"], first_sql))
        self.ports["redis"] = self._stack.enter_context(redis_server(self.services["redis"], self.folder))
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()
        self._stack.close()

    def environment(self, service: Service) -> dict[str, str]:
        """What the container gets, with loopback for its network and a folder for its file system."""
        path = os.pathsep.join([str(Path(sys.executable).parent), str(postgresql_binaries()), os.environ["PATH"]])
        if not service.is_bosai:
            password = service.environment.get("POSTGRES_PASSWORD", "")
            return {"PATH": path, "PGPORT": str(self.ports["postgres"]), "PGPASSWORD": password}
        data = self.folder / service.name
        data.mkdir(exist_ok=True)
        given = {name: on_loopback(value, self.ports) for name, value in service.environment.items()}
        moved = {"BOSAI_DATA": str(data), "BOSAI_PORT": str(self.ports["api"]), "BOSAI_FEED_URL": self._feed_url}
        if "BOSAI_HOST" in given:
            moved["BOSAI_HOST"] = "127.0.0.1"
        return {"PATH": path, "HOME": str(data), "LANG": "C.UTF-8"} | given | moved

    def start(self, name: str) -> None:
        service = self.services[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                ["setpriv", "--pdeathsig=KILL", *service.command],
                env=self.environment(service),
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def run(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Another command in the service's container, as `docker compose exec` would run it."""
        service = self.services[name]
        return self._finished([on_loopback(word, self.ports) for word in words], self.environment(service))

    def check_health(self, name: str) -> subprocess.CompletedProcess[str]:
        """The service's own health check."""
        return self.run(name, *self.services[name].healthcheck)

    def _finished(self, words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, check=False, env=environment, cwd=self.folder, capture_output=True, text=True, timeout=60
        )

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        """Status and answer of the API: JSON, or the text of a page."""
        url = f"http://127.0.0.1:{self.ports['api']}{path}"
        answer = httpx.request(method, url, json=body, headers=headers, timeout=10)
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status_code, answer.json() if is_json else answer.text


@contextmanager
def deployed(variables: dict[str, str], folder: Path, feed_url: str) -> Iterator[Deployment]:
    """Everything started as `docker compose up` does: the servers, migrate to its end, then the parts."""
    with Deployment(variables, folder, feed_url) as deployment:
        deployment.start("migrate")
        assert deployment.running["migrate"].wait(MIGRATE_SECONDS) == 0, deployment.log("migrate")
        for service in deployment.services.values():
            if service.is_bosai and not service.is_one_shot:
                deployment.start(service.name)
        yield deployment
