"""HTTP/2 server connections, as little of RFC 9113 as answers of a few hundred bytes need.

A general library spends ten times the CPU of everything else here; the sender under measurement must not wait for the
server it is measured against (design.md §6).
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import ClassVar, cast

from hpack import HPACKError

from workers.fcm.fake.exchange import Answer, Request
from workers.fcm.fake.faults import Breakage
from workers.fcm.fake.frames import (
    CONNECTION,
    FIRST_WINDOW,
    MAX_FRAME,
    MAX_WINDOW,
    ErrorCode,
    Flag,
    FrameReader,
    Kind,
    Setting,
    frame,
    goaway,
    rst_stream,
    settings,
    unpadded,
    window_update,
)
from workers.fcm.fake.headers import HeaderReader, answer_frames
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.service import FakeFcm
from workers.fcm.fake.wheel import Wheel

_TOO_LONG = Answer(421, b'{"error": {"code": 421, "message": "Ask for this over HTTP/1.1.", "status": "UNKNOWN"}}')


class Http2Connection(asyncio.Protocol):
    """One client connection: frames in, requests to the fake, answers out when their time has come."""

    def __init__(self, fcm: FakeFcm, options: FakeOptions, wheel: Wheel) -> None:
        self._fcm = fcm
        self._wheel = wheel
        self._streams = options.streams
        self._goaway_after = options.goaway_after
        self._loop = asyncio.get_running_loop()
        self._frames = FrameReader()
        self._headers = HeaderReader()
        self._requests: dict[int, Request] = {}
        self._open: set[int] = set()  # streams whose answer is still due
        self._taken = 0
        self._last_stream: int | None = None  # of GOAWAY, once said
        self._received = 0  # bytes of DATA not yet given back to the client's window
        self._window = FIRST_WINDOW  # bytes of DATA we may send
        self._held: deque[tuple[int, Answer]] = deque()  # answers that wait for the window
        self._out: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Announces our limits; requests are so small that stream windows never matter."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's has the methods, not the base class
        self._write(
            settings({Setting.MAX_CONCURRENT_STREAMS: self._streams}) + window_update(MAX_WINDOW - FIRST_WINDOW)
        )

    def connection_lost(self, _error: Exception | None) -> None:
        """Answers still due are dropped with their connection."""
        self._open.clear()

    def data_received(self, data: bytes) -> None:
        """Reacts to each whole frame."""
        for kind, flags, stream, payload in self._frames.feed(data):
            react = self._REACTIONS.get(kind)
            if react is not None:
                react(self, flags, stream, payload)

    def _on_headers(self, flags: int, stream: int, payload: bytes) -> None:
        if not flags & Flag.END_HEADERS:  # no client sends us more than a frame of headers
            self._transport.abort()
            return
        try:
            request = self._headers.read(unpadded(flags, payload))
        except HPACKError:
            self._transport.abort()
            return
        if self._last_stream is not None and stream > self._last_stream:
            return  # after GOAWAY: the client sends it again elsewhere
        if flags & Flag.END_STREAM:
            self._take(stream, request)
        else:
            self._requests[stream] = request

    def _on_data(self, flags: int, stream: int, payload: bytes) -> None:
        self._received += len(payload)
        if self._received > MAX_WINDOW // 2:
            self._write(window_update(self._received))
            self._received = 0
        request = self._requests.get(stream)
        if request is None:
            return
        request.body += unpadded(flags, payload)
        if flags & Flag.END_STREAM:
            del self._requests[stream]
            self._take(stream, request)

    def _on_rst_stream(self, _flags: int, stream: int, _payload: bytes) -> None:
        self._requests.pop(stream, None)
        self._open.discard(stream)

    def _on_settings(self, flags: int, _stream: int, _payload: bytes) -> None:
        if not flags & Flag.ACK:
            self._write(frame(Kind.SETTINGS, Flag.ACK, CONNECTION))

    def _on_ping(self, flags: int, _stream: int, payload: bytes) -> None:
        if not flags & Flag.ACK:
            self._write(frame(Kind.PING, Flag.ACK, CONNECTION, payload))

    def _on_window_update(self, _flags: int, stream: int, payload: bytes) -> None:
        if stream == CONNECTION:
            self._window += int.from_bytes(payload, "big")
            while self._held and self._window > 0:
                self._reply(*self._held.popleft())

    _REACTIONS: ClassVar[dict[int, Callable[["Http2Connection", int, int, bytes], None]]] = {
        Kind.DATA: _on_data,
        Kind.HEADERS: _on_headers,
        Kind.RST_STREAM: _on_rst_stream,
        Kind.SETTINGS: _on_settings,
        Kind.PING: _on_ping,
        Kind.WINDOW_UPDATE: _on_window_update,
    }

    def _take(self, stream: int, request: Request) -> None:
        answer = self._fcm.answer(request)
        if len(answer.body) > MAX_FRAME:  # /messages: flow control of long answers is not worth having here
            answer = _TOO_LONG
        self._open.add(stream)
        self._taken += 1
        if self._taken == self._goaway_after:
            self._last_stream = stream
            self._write(goaway(stream))
        if answer.breakage is Breakage.LOST:
            self._transport.abort()
        elif answer.delay > 0:
            self._wheel.put(self._reply, stream, answer)
        else:
            self._reply(stream, answer)

    def _reply(self, stream: int, answer: Answer) -> None:
        if stream not in self._open or answer.breakage is Breakage.UNANSWERED:
            return
        if self._window < len(answer.body):
            self._held.append((stream, answer))
            return
        self._open.discard(stream)
        if answer.breakage is Breakage.REFUSED:
            self._write(rst_stream(stream, ErrorCode.REFUSED_STREAM))
        else:
            self._window -= len(answer.body)
            self._write(answer_frames(stream, answer))
        if self._last_stream is not None and not self._open:
            self._loop.call_soon(self._transport.close)

    def _write(self, data: bytes) -> None:
        """Everything written in one turn of the loop leaves as one TLS record."""
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.append(data)

    def _flush(self) -> None:
        data, self._out = b"".join(self._out), []
        if not self._transport.is_closing():
            self._transport.write(data)
