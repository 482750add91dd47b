"""Objects between two processes of one worker, both ways, without either ever waiting for the other."""

import pickle
import select
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("<I")
_AT_ONCE = 1 << 20  # bytes read at a time


class Wire:
    """One end of a pair of sockets. What cannot leave at once waits here, so that two full ends never block each other.

    Objects travel as pickles: both ends are this program, and nobody else holds the pair.
    """

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self._end = end
        self._in = bytearray()
        self._out = bytearray()
        self._poll = select.poll()
        self._poll.register(end, select.POLLIN)
        self._is_cut = False
        self.has_heard = False  # anything of the other end, ever

    def put(self, word: object) -> None:
        """Leaves with the next `turn`."""
        data = pickle.dumps(word, pickle.HIGHEST_PROTOCOL)
        self._out += _LENGTH.pack(len(data))
        self._out += data

    def turn(self, seconds: float) -> list[Any]:
        """What the other end put, after at most `seconds`. Raises `EOFError` once it has gone and all is read."""
        self._write()
        self._poll.modify(self._end, select.POLLIN | select.POLLOUT if self._out else select.POLLIN)
        if self._poll.poll(seconds * 1000):
            self._read()
            self._write()
        words = self._words()
        self.has_heard = self.has_heard or bool(words)
        if self._is_cut and not words:
            raise EOFError
        return words

    def close(self) -> None:
        """The other end hears of it."""
        self._end.close()

    def _read(self) -> None:
        try:
            while data := self._end.recv(_AT_ONCE):
                self._in += data
        except BlockingIOError:
            return
        except ConnectionError:
            pass
        self._is_cut = True

    def _write(self) -> None:
        try:
            while self._out:
                del self._out[: self._end.send(self._out)]
        except BlockingIOError:
            return
        except ConnectionError:
            self._is_cut = True
            self._out.clear()

    def _words(self) -> list[Any]:
        words: list[Any] = []
        at = 0
        while len(self._in) >= at + _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._in, at)
            end = at + _LENGTH.size + length
            if len(self._in) < end:
                break
            words.append(pickle.loads(memoryview(self._in)[at + _LENGTH.size : end]))  # noqa: S301 - our own end
            at = end
        del self._in[:at]
        return words
