"""The part of the service that reads feeds, in a live world moved by a hand-driven clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from alerts.ports import Clock, FeedReader
from alerts.service.arrival import Incoming
from alerts.service.feeds import FeedSettings, poll_due
from alerts.service.receive import receive
from alerts.service.services import Services
from alerts.store.feed_entries import EntryRow

START = datetime(2026, 7, 28, 9, 0, tzinfo=UTC)


class HandClock(Clock):
    """Time that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, **units: float) -> None:
        self._now += timedelta(**units)


class SilentNudge:
    """No broker: what is due stands in the database."""

    def chunk_due(self, chunk_id: int) -> None:
        """Nothing hears it."""


class KilledError(BaseException):
    """The process dies here: nothing that catches exceptions may catch it."""


@dataclass
class Station:
    """The part of the service that reads feeds, seen from outside."""

    services: Services
    reader: FeedReader
    settings: FeedSettings
    clock: HandClock
    taken: list[Incoming] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)

    def take(self, services: Services, batch: Sequence[Incoming]) -> object:
        self.batches.append([incoming.file for incoming in batch])
        done = receive(services, batch)
        self.taken.extend(batch)
        return done

    def poll(self, **options: object) -> int:
        """One round, as the schedule makes one each second."""
        return poll_due(self.services, self.reader, self.settings, **{"take": self.take, **options})

    def after(self, **units: float) -> int:
        """One round some time later."""
        self.clock.advance(**units)
        return self.poll()

    def run(self, minutes: float, every_seconds: int = 20) -> None:
        """Many rounds, some seconds apart."""
        for _ in range(round(minutes * 60 / every_seconds)):
            self.after(seconds=every_seconds)

    def files(self) -> list[str]:
        return [incoming.file for incoming in self.taken]

    def entry(self, address: str) -> EntryRow:
        with self.services.database.read() as uow:
            entry = uow.feeds.entries.get(address)
        assert entry is not None
        return entry

    def alarms(self) -> dict[str, str]:
        with self.services.database.read() as uow:
            return {alarm.key: alarm.text for alarm in uow.alarms.open()}

    def restarted(self) -> "Station":
        """The same database and server, another process."""
        return Station(self.services, self.reader, self.settings, self.clock)
