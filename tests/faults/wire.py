"""A way to a database server that can be cut or fall silent: a process between its unix socket and a TCP port.

`python wire.py SOCKET` prints its port and obeys the words `cut`, `silence` and `mend` on standard input, each answered
by itself; it ends with its input.
"""

import asyncio
import subprocess
import sys
from contextlib import suppress

PIECE = 65_536


class Wire:
    """The process, and what is asked of it."""

    def __init__(self, socket):
        command = [sys.executable, __file__, str(socket)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self._process.stdout.readline())

    def cut(self):
        """Every connection is lost, and a new one is closed at once."""
        self._ask("cut")

    def silence(self):
        """Nothing passes any more; nobody is told."""
        self._ask("silence")

    def mend(self):
        """What was held back passes, and connections stay."""
        self._ask("mend")

    def close(self):
        self._process.kill()  # a fork of the test may hold its input open
        self._process.communicate()

    def _ask(self, word):
        print(word, file=self._process.stdin, flush=True)
        assert self._process.stdout.readline() == f"{word}\n"


class _Between:
    """The connections, seen from inside the process."""

    def __init__(self, socket):
        self._socket = socket
        self._ends = set()
        self._is_cut = False
        self._flows = asyncio.Event()
        self._flows.set()

    async def connect(self, reader, writer):
        if self._is_cut:
            writer.transport.abort()
            return
        beyond, server = await asyncio.open_unix_connection(self._socket)
        self._ends |= {writer, server}
        with suppress(OSError):
            await asyncio.gather(self._pass(reader, server), self._pass(beyond, writer))
        for end in (writer, server):
            self._ends.discard(end)
            end.transport.abort()

    async def _pass(self, reader, writer):
        while piece := await reader.read(PIECE):
            await self._flows.wait()
            writer.write(piece)
            await writer.drain()
        writer.close()

    def obey(self, word):
        self._is_cut = word == "cut"
        if self._is_cut:
            for end in self._ends:
                end.transport.abort()
        if word == "silence":
            self._flows.clear()
        else:
            self._flows.set()


async def _serve(socket):
    between = _Between(socket)
    server = await asyncio.start_server(between.connect, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - read by `Wire`
    while word := (await asyncio.to_thread(sys.stdin.readline)).strip():
        between.obey(word)
        print(word, flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
