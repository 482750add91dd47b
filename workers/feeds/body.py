"""The body of an answer, decompressed as it comes and never beyond its limit."""

import zlib

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


class BodyError(ValueError):
    """The body is too large or not whole; the message is one sentence for an operator."""


class Body:
    """Takes chunks from the wire; `received` counts them, `whole()` gives what they meant."""

    def __init__(self, encoding: str, limit: int) -> None:
        """`encoding` is the Content-Encoding, `limit` the bytes after decompression. Raises `BodyError`."""
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise BodyError(f"the server sent Content-Encoding {encoding[:40]}, which nobody asked for")
        self.received = 0
        self._limit = limit
        self._data = bytearray()
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB) if encoding.endswith("gzip") else None

    def feed(self, chunk: bytes) -> None:
        """Adds one chunk. Raises `BodyError` as soon as the body is too large or cannot be decompressed."""
        self.received += len(chunk)
        room = self._limit - len(self._data) + 1
        try:
            self._data += self._inflate.decompress(chunk, room) if self._inflate else chunk
        except zlib.error as error:
            raise BodyError(f"the compressed body is broken: {error}") from error
        if len(self._data) > self._limit:
            raise BodyError(f"the body has more than {self._limit:,} bytes")

    def whole(self) -> bytes:
        """The decompressed body. Raises `BodyError` if the compressed stream did not end."""
        if self._inflate and self.received and not self._inflate.eof:
            raise BodyError(f"the compressed body ends in the middle, after {self.received:,} bytes")
        return bytes(self._data)
