"""What holds for every answer and every request: headers, HEAD, a limit on bodies, no bare defect."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.cors import Cors
from api.deprecation import Deprecated
from api.errors import MAX_BODY_BYTES, MAX_FORM_BYTES, MAX_TELEGRAM_BYTES, answer_defect
from api.headers import RawHeaders
from api.problems import problem, problem_response
from api.residents.hot import NO_BODY, HotReads, first_values
from api.security import Security

_NUL = "\0"
_TELEGRAMS_TO = frozenset(
    (
        "/v1/office/simulate",
        "/v1/drill/office/simulate",
        "/office/telegrams/simulate",
        "/office/drill/telegrams/simulate",
    )
)
_DESK = "/office/"


class Manners:
    """ASGI layer around the whole application, behind the hot reads."""

    def __init__(self, app: ASGIApp, *, security: Security, cors: Cors, deprecated: Deprecated, hot: HotReads) -> None:
        self._app = app
        self._security = security
        self._cors = cors
        self._deprecated = deprecated
        self._hot = hot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds the headers to the answer, counts the bytes of the request, and answers where the application fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, headers = scope["path"], first_values(scope)
        common = [*self._security.headers(path), *self._cors.on_all, *self._deprecated.headers(path)]
        self._hot.watch(scope, headers, common)
        is_head = scope["method"] == "HEAD"
        answer = _Answer(send, [*common, *self._cors.granted(path, headers.get(b"origin"))], is_head=is_head)
        preflight = self._cors.preflight(scope, headers)
        if preflight is not None:
            await answer.send(preflight)
            await answer.send(NO_BODY)
            return
        if _NUL in path:  # no id has one, and no database of ours can be asked for it
            await problem_response(problem("not-found", "No address has a NUL (%00) in it."))(
                scope, receive, answer.send
            )
            return
        asked = {**scope, "method": "GET"} if is_head else scope
        try:
            await self._app(asked, _limited(receive, _limit(path)), answer.send)
        except Exception as error:
            if answer.started:
                raise  # half an answer cannot be taken back: the server closes the connection
            await answer_defect(scope["method"], path, error)(asked, receive, answer.send)


class _Answer:
    """An answer on its way: takes up the headers, and leaves its body behind where only the head was asked for."""

    def __init__(self, send: Send, headers: RawHeaders, *, is_head: bool) -> None:
        self._send = send
        self._headers = headers
        self._is_head = is_head
        self._ended = False
        self.started = False

    async def send(self, message: Message) -> None:
        """Passes one message on."""
        if message["type"] == "http.response.start":
            self.started = True
            await self._send({**message, "headers": [*message["headers"], *self._headers]})
        elif not self._is_head:
            await self._send(message)
        elif not self._ended:
            self._ended = True
            await self._send(NO_BODY)
        else:
            await asyncio.sleep(0)  # a stream that goes on lets the server tell it that nobody listens


def _limit(path: str) -> int:
    if path in _TELEGRAMS_TO:
        return MAX_TELEGRAM_BYTES
    return MAX_FORM_BYTES if path.startswith(_DESK) else MAX_BODY_BYTES


def _limited(receive: Receive, limit: int) -> Receive:
    """Reads a body up to the limit; what declares no length is counted as it comes."""
    taken = 0

    async def counted() -> Message:
        """The next part of the body; status 413 above the limit."""
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, headers={"Connection": "close"})  # the one class that the framework lets through
        return message

    return counted
