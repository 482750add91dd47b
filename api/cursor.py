"""Where a page of a list ends, as an opaque text: a list that changes is never counted from its beginning."""

import base64
import binascii
import hashlib
from datetime import UTC, datetime

Place = tuple[datetime, str]
"""The time and the id by which the list is ordered, of the last entry of a page."""

_MARK_BYTES = 6  # keep out what was cut off or comes from the other world (R1); there is nothing to gain by forging one


class CursorError(ValueError):
    """A text that no page of ours ended with."""


def cursor_of(place: Place, world: str) -> str:
    """The text of a place in a list of a world."""
    moment, name = place
    plain = f"{moment.isoformat()} {name}".encode()
    return base64.urlsafe_b64encode(_mark(plain, world) + plain).decode().rstrip("=")


def place_of(cursor: str, world: str) -> Place:
    """The place of a text. Raises `CursorError`."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        mark, plain = raw[:_MARK_BYTES], raw[_MARK_BYTES:]
        moment, name = plain.decode().split(" ")
        at = datetime.fromisoformat(moment)
        if mark != _mark(plain, world) or at.tzinfo is None or "\0" in name:
            raise CursorError(cursor)
        return at.astimezone(UTC), name
    except (ValueError, OverflowError, binascii.Error):
        raise CursorError(cursor) from None


def _mark(plain: bytes, world: str) -> bytes:
    return hashlib.sha256(world.encode() + b" " + plain).digest()[:_MARK_BYTES]
