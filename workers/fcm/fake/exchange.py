"""A request and its answer, whatever protocol carries them."""

from collections.abc import Mapping
from dataclasses import dataclass

from workers.fcm.fake.faults import Breakage


@dataclass(slots=True)
class Request:
    """One request, whatever protocol brought it."""

    method: str
    path: str
    headers: Mapping[str, str]  # names in small letters
    body: bytes = b""


@dataclass(slots=True)
class Answer:
    """What goes back after `delay` seconds, unless the connection is to break."""

    status: int
    body: bytes
    delay: float = 0.0
    retry_after: int | None = None
    breakage: Breakage | None = None
