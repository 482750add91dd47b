"""The fake server's process: listens, says when it is ready, and ends on a signal."""

import asyncio
import gc
import os
import signal
import socket
import sys
from pathlib import Path
from ssl import SSLObject

import orjson
import uvloop

from workers.fcm.fake.certificates import tls_context
from workers.fcm.fake.http1 import Http1Connection
from workers.fcm.fake.http2 import Http2Connection
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.service import FakeFcm
from workers.fcm.fake.wheel import Wheel

_BACKLOG = 1024
GARBAGE_AFTER = 20_000  # new objects: a message makes few, and none of them hold each other


class _Greeter(asyncio.Protocol):
    """Hands a new connection to the protocol that TLS agreed on."""

    def __init__(self, fcm: FakeFcm, options: FakeOptions, wheel: Wheel) -> None:
        self._fcm = fcm
        self._options = options
        self._wheel = wheel

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Replaces itself."""
        tls: SSLObject = transport.get_extra_info("ssl_object")
        agreed = tls.selected_alpn_protocol() or "http/1.1"
        self._fcm.connected(agreed)
        h2 = agreed == "h2"
        protocol = Http2Connection(self._fcm, self._options, self._wheel) if h2 else Http1Connection(self._fcm)
        transport.set_protocol(protocol)
        protocol.connection_made(transport)


def run_fake_fcm(options: FakeOptions) -> int:
    """Serves on 127.0.0.1 until SIGTERM or SIGINT; returns the exit status, 1 if it cannot listen."""
    try:
        uvloop.run(_serve(options))
    except OSError as error:
        sys.stderr.write(f"fake FCM server: cannot listen on 127.0.0.1:{options.port}: {error}; choose another port\n")
        return 1
    return 0


async def _serve(options: FakeOptions) -> None:
    context, ca_file = tls_context(options.folder)
    fcm, wheel = FakeFcm(options), Wheel()
    gc.freeze()  # what was imported is never looked through again
    gc.set_threshold(GARBAGE_AFTER, 20, 50)
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    server = await loop.create_server(
        lambda: _Greeter(fcm, options, wheel),
        "127.0.0.1",
        options.port,
        family=socket.AF_INET,
        backlog=_BACKLOG,
        ssl=context,
    )
    if options.until_stdin_closes:
        loop.add_reader(sys.stdin.fileno(), stop.set)
    port = server.sockets[0].getsockname()[1]
    _announce(options.ready_file, {"port": port, "ca": str(ca_file.resolve()), "pid": os.getpid()})
    try:
        await stop.wait()
    finally:
        options.ready_file.unlink(missing_ok=True)
        server.close()


def _announce(ready_file: Path, ready: dict[str, object]) -> None:
    """Written whole or not at all: whoever waits for the file may read it the moment it is there."""
    draft = ready_file.with_suffix(".draft")
    draft.write_bytes(orjson.dumps(ready))
    draft.replace(ready_file)
