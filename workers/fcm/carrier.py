"""What carries messages to FCM and brings the answers back, whichever library does it (push.md §7.3)."""

import platform
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

import firebase_admin

from alerts.ports import Address
from workers.fcm.payload import Template

T = TypeVar("T")

CLIENT_HEADERS = {  # what the Admin SDK says of itself beside the bearer (push.md, last line)
    "X-GOOG-API-FORMAT-VERSION": "2",
    "X-FIREBASE-CLIENT": f"fire-admin-python/{firebase_admin.__version__}",
    "x-goog-api-client": f"gl-python/{platform.python_version()} fire-admin/{firebase_admin.__version__}",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How wide and how patient a carrier is."""

    connections: int = 16
    streams: int = 100  # a connection, as Google allows
    filled: float = 0.8  # of all streams: a post that finds none free waits within libcurl, longer than it must
    timeout: float = 20.0  # seconds for a whole request; 15 is the least FCM wants (push.md §4)
    connect_timeout: float = 10.0

    @property
    def width(self) -> int:
        """Posts at a time: 1,280 answers awaited, 12,800 a second at 100 ms, and 60 kB of memory each."""
        return int(self.connections * self.streams * self.filled)


class Reply(NamedTuple, Generic[T]):
    """The end of one post: an answer, or the reason why there is none (`status` 0)."""

    item: T
    bearer: str
    status: int
    body: bytes
    retry_after: float
    broken: str | None


class Carrier(Protocol[T]):
    """Posts to one endpoint, tries nothing again by itself, and gives back replies as they come.

    For one thread of one process.
    """

    width: int  # posts at a time

    @property
    def in_flight(self) -> int:
        """Posts without a reply."""

    @property
    def room(self) -> int:
        """Posts that may be added now."""

    def post(self, item: T, template: Template, address: Address, bearer: str) -> None:
        """Starts one post; `item` comes back with its reply."""

    def wait(self, seconds: float) -> list[Reply[T]]:
        """Moves bytes until something happens, at most `seconds`, and returns the posts that ended."""

    def abandon(self) -> None:
        """Takes back every post that has no reply; whether FCM had it already is not known."""

    def close(self) -> None:
        """Closes connections and everything else."""
