"""The peers of `bosai bench api`: the same web server giving recorded answers, with and without FastAPI around them."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
import uvicorn
from fastapi import FastAPI, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer as the real application gave it."""

    path: str
    status: int
    headers: dict[str, str]  # those that the application set, not the web server
    body: str


def keep(answers: list[Recorded], file: Path) -> None:
    """Writes answers for `serve`."""
    file.write_bytes(orjson.dumps([asdict(answer) for answer in answers]))


def serve(port: int, kind: str, file: str) -> None:
    """Serves on 127.0.0.1, configured as the real API is (`bosai.parts.api`), until it is ended."""
    app = KINDS[kind]([Recorded(**answer) for answer in orjson.loads(Path(file).read_bytes())])
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, server_header=False, log_level="warning")


def _bare(recorded: list[Recorded]) -> ASGIApp:
    """No framework at all: two messages of constant bytes."""
    messages = {one.path: _messages(one) for one in recorded}

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        """Answers from memory, with no framework around it."""
        if scope["type"] == "http":
            start, body = messages[scope["path"]]
            await send(start)
            await send(body)

    return app


def _messages(one: Recorded) -> tuple[Message, Message]:
    headers = [(name.lower().encode(), value.encode()) for name, value in one.headers.items()]
    body = one.body.encode()
    if body:
        headers.append((b"content-length", str(len(body)).encode()))
    return (
        {"type": "http.response.start", "status": one.status, "headers": headers},
        {"type": "http.response.body", "body": body},
    )


def _framed(recorded: list[Recorded]) -> ASGIApp:
    """The least that a FastAPI application can be: a route an answer."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for one in recorded:
        app.get(one.path, response_model=None)(_route(one))
    return app


def _route(one: Recorded) -> Callable[..., object]:
    body = one.body.encode()

    async def answer() -> Response:
        """The same bytes each time."""
        return Response(body, one.status, headers=one.headers)

    return answer


KINDS: dict[str, Callable[[list[Recorded]], ASGIApp]] = {"uvicorn": _bare, "fastapi": _framed}
