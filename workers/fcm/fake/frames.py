"""HTTP/2 frames of a server that answers small requests (RFC 9113 §4, §6), written as bytes."""

import struct
from enum import IntEnum

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEADER_LENGTH = 9
CONNECTION = 0  # the stream number of frames about the whole connection
MAX_WINDOW = 2**31 - 1
FIRST_WINDOW = 65_535
MAX_FRAME = 16_384
_HEADER = struct.Struct(">BHBBI")  # length in two parts, kind, flags, stream


class Kind(IntEnum):
    """Frame types."""

    DATA = 0
    HEADERS = 1
    RST_STREAM = 3
    SETTINGS = 4
    PING = 6
    GOAWAY = 7
    WINDOW_UPDATE = 8
    CONTINUATION = 9


class Flag(IntEnum):
    """Frame flags; END_STREAM and ACK share a bit, on different frames."""

    ACK = 0x1
    END_STREAM = 0x1
    END_HEADERS = 0x4
    PADDED = 0x8
    PRIORITY = 0x20


_PADDED_OR_PRIORITY = Flag.PADDED | Flag.PRIORITY


class Setting(IntEnum):
    """Parameters of SETTINGS that matter here."""

    MAX_CONCURRENT_STREAMS = 3
    INITIAL_WINDOW_SIZE = 4


class ErrorCode(IntEnum):
    """Reasons in RST_STREAM and GOAWAY."""

    NO_ERROR = 0
    REFUSED_STREAM = 7


def frame(kind: Kind, flags: int, stream: int, payload: bytes = b"") -> bytes:
    """One whole frame."""
    length = len(payload)
    return _HEADER.pack(length >> 16, length & 0xFFFF, kind, flags, stream) + payload


def settings(values: dict[Setting, int]) -> bytes:
    """A SETTINGS frame."""
    return frame(Kind.SETTINGS, 0, CONNECTION, b"".join(struct.pack(">HI", *item) for item in values.items()))


def window_update(by: int) -> bytes:
    """Lets the client send `by` more bytes on the connection."""
    return frame(Kind.WINDOW_UPDATE, 0, CONNECTION, struct.pack(">I", by))


def rst_stream(stream: int, code: ErrorCode) -> bytes:
    """Ends one stream with an error."""
    return frame(Kind.RST_STREAM, 0, stream, struct.pack(">I", code))


def goaway(last_stream: int) -> bytes:
    """Says that streams above `last_stream` are not processed and that no new ones are taken."""
    return frame(Kind.GOAWAY, 0, CONNECTION, struct.pack(">II", last_stream, ErrorCode.NO_ERROR))


def unpadded(flags: int, payload: bytes) -> bytes:
    """A DATA or HEADERS payload without padding and priority fields."""
    if not flags & _PADDED_OR_PRIORITY:
        return payload
    start, end = 0, len(payload)
    if flags & Flag.PADDED:
        start, end = 1, end - payload[0]
    if flags & Flag.PRIORITY:
        start += 5
    return payload[start:end]


class FrameReader:
    """Cuts what a client sends into frames, after the preface that opens its connection."""

    def __init__(self) -> None:
        self._rest = b""
        self._greeted = False

    def feed(self, data: bytes) -> list[tuple[int, int, int, bytes]]:
        """Every frame that is whole now: kind, flags, stream, payload."""
        buffer = self._rest + data if self._rest else data
        frames: list[tuple[int, int, int, bytes]] = []
        at = 0
        if not self._greeted:
            if len(buffer) < len(PREFACE):
                self._rest = buffer
                return frames
            at, self._greeted = len(PREFACE), True
        last = len(buffer) - HEADER_LENGTH
        while at <= last:
            high, low, kind, flags, stream = _HEADER.unpack_from(buffer, at)
            body = at + HEADER_LENGTH
            end = body + (high << 16 | low)
            if end > len(buffer):
                break
            frames.append((kind, flags, stream & MAX_WINDOW, buffer[body:end]))
            at = end
        self._rest = buffer[at:]
        return frames
