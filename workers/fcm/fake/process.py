"""Starts a fake server in a process of its own and asks it what it saw; for tests, drills and benchmarks."""

import http.client
import ssl
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from workers.fcm.fake.options import FakeOptions

_READY_WITHIN = 20.0  # seconds; a cold start imports cryptography
_LOOK_EVERY = 0.02


class FakeFcmProcess:
    """A running fake server. Ends with the `with` block, and with our process even if that is killed."""

    def __init__(self, options: FakeOptions) -> None:
        self._options = replace(options, until_stdin_closes=True)
        options.folder.mkdir(parents=True, exist_ok=True)
        self.start()

    def start(self) -> None:
        """Starts the process, again after `stop`: with the same certificates, on the same port."""
        self._options.ready_file.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "workers.fcm.fake", self._options.to_json()],
            stdin=subprocess.PIPE,
            cwd=Path(__file__).parents[3],
        )
        ready = self._wait_until_ready(self._options.ready_file)
        self.port: int = ready["port"]
        self.ca = Path(ready["ca"])
        self.pid: int = ready["pid"]
        self.url = f"https://127.0.0.1:{self.port}"
        self._options = replace(self._options, port=self.port)

    def stats(self) -> dict[str, Any]:
        """The document of /stats: requests, accepted, by_status, duplicates, first_at, last_at, revisions."""
        return self.ask("GET", "/stats")

    def messages(self, limit: int = 100) -> list[dict[str, Any]]:
        """The last messages, newest first: `at`, `answer`, `message`."""
        entries: list[dict[str, Any]] = self.ask("GET", f"/messages?limit={limit}")["messages"]
        return entries

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> dict[str, Any]:
        """One request on a fresh connection; raises ValueError unless it is answered 200."""
        context = ssl.create_default_context(cafile=self.ca)
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=context)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            raise ValueError(f"{method} {path} was answered {response.status}: {text[:200]!r}")
        document: dict[str, Any] = orjson.loads(text)
        return document

    def stop(self) -> None:
        """Ends the process and waits for it."""
        self._process.terminate()
        self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait_until_ready(self, ready_file: Path) -> dict[str, Any]:
        give_up_at = time.monotonic() + _READY_WITHIN
        while not ready_file.exists():
            if self._process.poll() is not None:
                raise RuntimeError(f"the fake FCM server ended with status {self._process.returncode}")
            if time.monotonic() > give_up_at:
                self.stop()
                raise RuntimeError(f"the fake FCM server was not ready within {_READY_WITHIN:.0f} s")
            time.sleep(_LOOK_EVERY)
        ready: dict[str, Any] = orjson.loads(ready_file.read_bytes())
        return ready
