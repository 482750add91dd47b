"""One world behind the API, with time in the test's hand: what JMA and the workers do to it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.service.arrival import Incoming
from alerts.service.deliver import deliver
from alerts.service.readiness import PARTS
from alerts.service.receive import receive
from alerts.service.services import Services
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city

TELEGRAMS = Path(__file__).parents[2] / "telegrams"
START = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


@dataclass
class HandClock:
    """Time stands still until it is moved."""

    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class Nudges:
    """Remembers what it was told."""

    chunks: list[int] = field(default_factory=list)

    def chunk_due(self, chunk_id: int) -> None:
        self.chunks.append(chunk_id)


@dataclass
class Station:
    """One world behind the API: what JMA and the workers do to it."""

    services: Services
    clock: HandClock
    folder: Path
    sent: int = 0

    def send(self, kind: str, *stated: Stated) -> None:
        """A telegram about the city comes in and what it causes is delivered; nothing stated means nothing in force."""
        self.sent += 1
        codes, now = self.services.pack.codes, self.clock.now()
        items = {codes.municipality: stated} if stated else {}
        raw = compose_warning(kind, lone_city(codes, "大阪管区気象台"), items, now)
        name = f"{now:%Y%m%d%H%M%S}_0_{kind}_270000.xml"
        receive(self.services, [Incoming(f"{self.sent:04d}-{name}", name, raw, now)])
        deliver(self.services, "test")
        self.services.nudge.chunks.clear()

    def show(self, *kinds: str, status: str = "通常") -> None:
        """The own telegrams of these types come in (tests/telegrams)."""
        for kind in kinds:
            (file,) = TELEGRAMS.glob(f"*_{kind}_*.xml")
            raw = file.read_bytes().replace("通常".encode(), status.encode(), 1)
            receive(self.services, [Incoming(f"{file.name}-{status}", file.name, raw, self.clock.now())])

    def read_feeds(self) -> None:
        """Every feed is read whole, now."""
        now = self.clock.now()
        names = [name + end for name in ("extra", "eqvol") for end in ("", "_l")]
        with self.services.database.write() as uow:
            uow.feeds.ensure(names, now)
            for name in names:
                claimed = uow.feeds.claim(name, now, now + timedelta(seconds=30))
                if claimed:
                    uow.feeds.succeeded(claimed, None, None, now, now)

    def beat(self) -> None:
        """Every worker says that it lives."""
        with self.services.database.write() as uow:
            for part in PARTS:
                uow.heartbeats.beat(part, self.clock.now())

    def alarm(self, key: str, kind: str) -> None:
        """Something happened that an operator must look at."""
        with self.services.database.write() as uow:
            uow.alarms.raise_(key, kind, f"{key} happened", self.clock.now())

    def alarm_is_over(self, key: str) -> None:
        """Its cause is gone."""
        with self.services.database.write() as uow:
            uow.alarms.clear(key, self.clock.now())

    def lose_database(self) -> None:
        """The disk with the database is gone: its name first, or a look in between would hold the file open."""
        self.folder.rename(self.folder.with_suffix(".gone"))
        self.services.database.dispose()

    def find_database(self) -> None:
        """The disk is back."""
        self.folder.with_suffix(".gone").rename(self.folder)

    def devices(self) -> int:
        with self.services.database.read() as uow:
            return uow.devices.count()
