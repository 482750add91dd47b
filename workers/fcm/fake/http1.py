"""HTTP/1.1 for the fake server: what the SDK's `send_each` and a plain HTTP client speak."""

import asyncio
from http import HTTPStatus
from typing import cast

from httptools import HttpParserError, HttpRequestParser

from workers.fcm.fake.exchange import Answer, Request
from workers.fcm.fake.faults import Breakage
from workers.fcm.fake.service import FakeFcm


class Http1Connection(asyncio.Protocol):
    """One keep-alive connection; requests are answered in order."""

    def __init__(self, fcm: FakeFcm) -> None:
        self._fcm = fcm
        self._loop = asyncio.get_running_loop()
        self._parser = HttpRequestParser(self)
        self._url = b""
        self._headers: dict[str, str] = {}
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the transport to answer on."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's has the methods, not the base class

    def data_received(self, data: bytes) -> None:
        """Feeds the parser, which calls the methods below."""
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self._transport.abort()

    def on_message_begin(self) -> None:
        """A new request begins."""
        self._url, self._headers, self._body = b"", {}, b""

    def on_url(self, url: bytes) -> None:
        """A part of the request target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header field."""
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """Answers when the answer's time has come."""
        method = self._parser.get_method().decode()
        answer = self._fcm.answer(Request(method, self._url.decode("latin-1"), self._headers, self._body))
        if answer.breakage in (Breakage.LOST, Breakage.REFUSED):
            self._transport.abort()
        elif answer.breakage is None:
            self._loop.call_later(answer.delay, self._reply, answer)

    def _reply(self, answer: Answer) -> None:
        if self._transport.is_closing():
            return
        head = [
            f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
            "Content-Type: application/json; charset=UTF-8",
            f"Content-Length: {len(answer.body)}",
        ]
        if answer.retry_after is not None:
            head.append(f"Retry-After: {answer.retry_after}")
        self._transport.write("\r\n".join([*head, "", ""]).encode() + answer.body)
