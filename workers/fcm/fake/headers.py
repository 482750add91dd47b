"""HPACK for the fake server: full decoding, but a block seen before costs one look-up; answers need no table."""

import struct

from hpack import Decoder

from workers.fcm.fake.exchange import Answer, Request
from workers.fcm.fake.frames import Flag, Kind, frame

_BLOCKS_KEPT = 256


class HeaderReader:
    """Reads the header blocks of one connection.

    A client that sends the same kind of request again and again sends the same bytes. Such a block may be remembered as
    long as the dynamic table stands still, which a block that was decoded without changing it proves.
    """

    def __init__(self) -> None:
        self._decoder = Decoder()
        self._seen: dict[bytes, tuple[str, str, dict[str, str]]] = {}

    def read(self, block: bytes) -> Request:
        """The request that the block begins; raises hpack's errors for a block that is not HPACK."""
        head = self._seen.get(block)
        if head is None:
            head = self._decode(block)
        return Request(*head)

    def _decode(self, block: bytes) -> tuple[str, str, dict[str, str]]:
        before = self._table_state()
        pairs = self._decoder.decode(block, raw=True)
        fields = {name.decode("latin-1"): value.decode("latin-1") for name, value in pairs}
        head = fields.get(":method", ""), fields.get(":path", ""), fields
        if self._table_state() != before or len(self._seen) >= _BLOCKS_KEPT:
            self._seen.clear()
        else:
            self._seen[block] = head
        return head

    def _table_state(self) -> tuple[int, int]:
        """Changes with every insertion: new entries come first, and each is a new object."""
        entries = self._decoder.header_table.dynamic_entries
        return len(entries), id(entries[0]) if entries else 0


def answer_frames(stream: int, answer: Answer) -> bytes:
    """The HEADERS and DATA frames of one answer."""
    head = _answer_head(answer.status, answer.retry_after)
    headers = frame(Kind.HEADERS, Flag.END_HEADERS, stream, head)
    return headers + frame(Kind.DATA, Flag.END_STREAM, stream, answer.body)


_heads: dict[tuple[int, int | None], bytes] = {}


def _answer_head(status: int, retry_after: int | None) -> bytes:
    """Literal fields that stay out of the dynamic table, so that the same bytes serve every connection."""
    known = _heads.get((status, retry_after))
    if known is None:
        fields = [(":status", str(status)), ("content-type", "application/json; charset=UTF-8")]
        if retry_after is not None:
            fields.append(("retry-after", str(retry_after)))
        known = _heads[status, retry_after] = b"".join(_literal(*field) for field in fields)
    return known


def _literal(name: str, value: str) -> bytes:
    """A literal header field without indexing, new name (RFC 7541 §6.2.2); both texts are short ASCII."""
    return struct.pack("BB", 0, len(name)) + name.encode() + struct.pack("B", len(value)) + value.encode()
