"""What every step of reading the feeds needs."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alerts.ports import FeedReader
from alerts.service.arrival import Incoming
from alerts.service.feeds.settings import FeedSettings
from alerts.service.receive import receive
from alerts.service.services import Services

Take = Callable[[Services, Sequence[Incoming]], object]

_RANDOM = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Errand:
    """The services of the live world, the reader of its feeds, and who takes in what was fetched."""

    services: Services
    reader: FeedReader
    settings: FeedSettings
    take: Take = receive


def chance() -> float:
    """A number from 0 to 1, for jitter."""
    return _RANDOM.random()
