"""What the domain and the use cases need from outside, in the domain's words (design.md §1)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple, Protocol

from alerts.wording.message import PhoneMessage


class Clock(Protocol):
    """The only source of the present time."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""


class Platform(StrEnum):
    """What the phone runs; decides the platform part of the payload."""

    ANDROID = "android"
    IOS = "ios"
    WEB = "web"  # a browser, on whatever machine


class Address(NamedTuple):  # and the two below: one a phone and push, and a tuple costs a third of a dataclass
    """Where a device is reached: an FCM registration token, or a Firebase installation id (push.md §1)."""

    kind: Literal["token", "fid"]
    value: str


class PushTarget(NamedTuple):
    """One device to reach."""

    device: int  # the device's number in the store
    address: Address


@dataclass(frozen=True, slots=True)
class PushJob:
    """One message for many devices of one platform: encoded once, addressed many times."""

    message: PhoneMessage
    platform: Platform
    targets: Sequence[PushTarget]
    chunk: int = 0  # what its outcomes are reported under: several chunks are under way at a time


class PushResult(StrEnum):
    """How it ended for one device (R27). `sending` is in doubt: sent perhaps, no answer recorded."""

    SENDING = "sending"
    ACCEPTED = "accepted"
    UNREGISTERED = "unregistered"
    INVALID = "invalid"
    SENDER_MISMATCH = "sender_mismatch"
    THROTTLED = "throttled"
    RETRIES_EXHAUSTED = "retries_exhausted"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"  # in doubt when a later revision took its place: told perhaps, and told the later one
    NOT_SENT_NO_SENDER = "not_sent_no_sender"


TOLD_PERHAPS = frozenset({PushResult.ACCEPTED, PushResult.SENDING, PushResult.SUPERSEDED})
"""Whoever has one of these hears what withdraws or ends it (R5)."""


class PushOutcome(NamedTuple):
    """One device's result, with the provider's message id or its error."""

    device: int
    result: PushResult
    provider_id: str | None = None
    error: str | None = None
    chunk: int = 0  # of the job
    wait: float = 0.0  # seconds for which the provider wants to hear no more of this device


class StopSendingError(Exception):
    """Raised by `jobs` and `record`: outcomes cannot be recorded or the lease is gone; the sender stops at once."""


LIVE_CHANNEL = "fcm"  # the only one that ends at residents' phones
DRILL_CHANNEL = "fake-fcm"  # ends at a server of this machine
NO_CHANNEL = "none"  # nothing leaves by it


class Jobs(Protocol):
    """What is to be sent, as it comes."""

    def __iter__(self) -> Iterator[PushJob | None]:
        """Itself."""

    def __next__(self) -> PushJob | None:
        """The next job, never waited for: None says that more may come, the end that nothing will.

        Raises `StopSendingError` once `kept_until` is past.
        """

    @property
    def kept_until(self) -> float:
        """Until when nobody else may tell the same devices: the machine's monotonic clock, `inf` without a lease."""


class PushSender(Protocol):
    """Hands messages to a push provider."""

    @property
    def channel(self) -> str:
        """Name under which outcomes are recorded: `LIVE_CHANNEL`, `DRILL_CHANNEL` or `NO_CHANNEL`."""

    def send(
        self,
        jobs: Jobs,
        clock: Clock,
        record: Callable[[Sequence[PushOutcome]], bool | None],
    ) -> None:
        """Sends every job and reports each device exactly once through `record`, in batches, as soon as known.

        `jobs` is read while others are sent. What is more urgent overtakes what came before it. `record` is called at
        least every 100 ms, with nothing where nothing is known; while it returns True nothing more is handed over.
        Devices not yet handed over when their message's `expires_at` passes are reported `expired` (R22). Raises
        whatever `jobs` or `record` raises, after it stopped sending.
        """

    def keep_ready(self) -> None:
        """Fetches ahead what the first message would wait for. Asked each second; never waits and never raises."""

    def close(self) -> None:
        """Closes connections; the sender is not used afterwards."""


class Nudge(Protocol):
    """Hastens work that is due in the database. Losing a nudge loses nothing (design.md §2.6)."""

    def chunk_due(self, chunk_id: int) -> None:
        """Says that a delivery chunk is due. Never raises: a broken broker is logged and the sweeper repairs it."""


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What a feed server answered to a conditional GET. `body` is None for 304 Not Modified."""

    body: bytes | None
    etag: str | None
    last_modified: str | None
    fresh_for_seconds: float  # from Cache-Control max-age less Age; the next poll is not due before
    bytes_received: int  # on the wire, for the daily budget (R23)


class FeedUnavailableError(Exception):
    """The server could not be reached, answered with an error, or sent something that is not whole."""

    def __init__(self, reason: str, *, retry_after_seconds: float | None = None, bytes_received: int = 0) -> None:
        """`reason` is one sentence for an operator."""
        super().__init__(reason)
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds
        self.bytes_received = bytes_received


class FeedReader(Protocol):
    """Reads JMA's feeds and telegrams politely (jma.md §1)."""

    def poll(self, url: str, etag: str | None, last_modified: str | None) -> FeedAnswer:
        """A conditional GET of an Atom feed. Raises `FeedUnavailableError`."""

    def fetch(self, url: str) -> FeedAnswer:
        """One telegram's bytes (`body` is never None). Raises `FeedUnavailableError`, also for a momentary 404."""
