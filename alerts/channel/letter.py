"""What a subscriber is sent, and what became of it, in words that fit e-mail and webhook alike."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from alerts.alert import Revision, Urgency
from alerts.channel.subscriber import Channel, Subscriber, Target
from alerts.world import World


@dataclass(frozen=True, slots=True)
class Said:
    """The letter's text in one language."""

    language: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Place:
    """The city, and the districts that are named; None where the whole city is told."""

    city: str
    districts: tuple[tuple[str, str], ...] | None  # id and name


@dataclass(frozen=True, slots=True)
class Letter:
    """One revision for one subscriber. `revision` is None in a test of the way."""

    id: str  # the same at every try, also after a crash: a receiver knows it again (R15)
    subscriber: Subscriber
    target: Target
    said: tuple[Said, ...]
    urgency: Urgency
    place: Place
    at: datetime  # when this try is made
    revision: Revision | None = None
    thread: tuple[str, ...] = ()  # ids of earlier letters about the alert that reached it, first to last
    cursor: int = 0  # place in the order of all that was published: what a replay goes on from
    replayed: bool = False

    @property
    def world(self) -> World:
        """The world that it belongs to, and that its sender must be of (R1)."""
        return self.subscriber.world

    @property
    def is_drill(self) -> bool:
        """Whether it is marked 【訓練】."""
        return self.world.name == "drill"


class Taken(StrEnum):
    """How a try ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # this letter will never be taken
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one try came to; `detail` is one line for an operator, without the address."""

    taken: Taken
    detail: str
    doubtful: bool = False  # it may have arrived though nobody said so
    wait: float = 0.0  # seconds for which the receiver wants to hear no more
    own_fault: bool = False  # our own mail server cannot be used: not the recipient's fault
    gone: bool = False  # the receiver wants no further letters


class Outcome(StrEnum):
    """The end of a revision for one subscriber (R27)."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRIES_EXHAUSTED = "retries_exhausted"
    EXPIRED = "expired"  # too late before anything could be tried (R22)
    IN_DOUBT = "in_doubt"  # it may have arrived; counts as told for what follows (R5)
    SUPERSEDED = "superseded"  # a newer revision took its place
    NEVER_TOLD = "never_told"  # an end or a correction for somebody whom nothing reached
    REMOVED = "removed"  # taken off the list, or disabled
    NOT_SENT_NO_SENDER = "not_sent_no_sender"  # no mail server is set


TOLD = frozenset({Outcome.ACCEPTED, Outcome.IN_DOUBT})


class ChannelSender(Protocol):
    """Hands letters of one channel over. Usable from several threads at once."""

    @property
    def channel(self) -> Channel:
        """The one channel it serves."""

    @property
    def world(self) -> World:
        """The only world whose letters it takes (R1)."""

    def send(self, letter: Letter) -> Answer:
        """One try, over within `SEND_SECONDS`. Never raises for what a receiver or the network does.

        Raises `WorldMismatchError` for a letter of the other world (R1).
        """

    def close(self) -> None:
        """Closes connections; a later letter opens new ones."""


SEND_SECONDS = 10.0  # a whole try, from the look-up of the name to the last answer
