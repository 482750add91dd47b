"""Where a page of a list ends, as an opaque text: a list that changes is never counted from its beginning."""

import base64
import binascii
from datetime import datetime

Place = tuple[datetime, str]
"""The time and the id by which the list is ordered, of the last entry of a page."""


class CursorError(ValueError):
    """A text that no page of ours ended with."""


def cursor_of(place: Place) -> str:
    """The text of a place."""
    moment, name = place
    return base64.urlsafe_b64encode(f"{moment.isoformat()} {name}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place:
    """The place of a text. Raises `CursorError`."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, name = raw.split(" ")
        place = datetime.fromisoformat(moment), name
    except (ValueError, binascii.Error):
        raise CursorError(cursor) from None
    if place[0].tzinfo is None:
        raise CursorError(cursor)
    return place
