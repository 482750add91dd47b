"""The real services of one world, with a clock that is set by hand and a nudge that only remembers."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.city.pack import CityPack, bundled, load_pack
from alerts.service.arrival import Incoming, Received
from alerts.service.receive import receive
from alerts.service.services import Services
from alerts.store.cipher import AddressCipher
from alerts.store.database import Database
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city
from alerts.telegram.envelope import InfoType, Status
from alerts.wording.tables import Wording
from alerts.world import DRILL, LIVE
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess
from workers.fcm.none import NoSender
from workers.fcm.sender import drill_sender

sys.path.append(str(Path(__file__).parent))

from provider import Provider

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


@pytest.fixture(scope="session")
def pack() -> CityPack:
    return load_pack(bundled())


@pytest.fixture(scope="session")
def wording() -> Wording:
    return Wording.load()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def nudges() -> Nudges:
    return Nudges()


@pytest.fixture
def live(database: Database, pack: CityPack, wording: Wording, clock: HandClock, nudges: Nudges) -> Services:
    """The live world on each of the databases, without a Firebase key."""
    return Services(LIVE, database, pack, clock, nudges, NoSender(), AddressCipher(bytes(32)), wording)


@pytest.fixture
def provider() -> Provider:
    """What a test puts in place of Firebase, to decide its answers."""
    return Provider()


@dataclass
class Jma:
    """Sends telegrams about the city as JMA would."""

    services: Services
    clock: HandClock
    sent: int = 0

    def telegram(
        self,
        kind: str,
        stated: Sequence[Stated] | None,
        *,
        issued_at: datetime | None = None,
        status: Status = Status.ACTUAL,
        info_type: InfoType = InfoType.ISSUE,
        baseline: bool = False,
        speed: float = 1.0,
    ) -> Incoming:
        """One telegram; `stated` None is an area with nothing in force."""
        self.sent += 1
        codes = self.services.pack.codes
        items: Mapping[str, Sequence[Stated]] = {codes.municipality: stated} if stated else {}
        area = lone_city(codes, "大阪管区気象台")
        issued_at = issued_at or self.clock.now()
        raw = compose_warning(kind, area, items, issued_at, status=status, info_type=info_type)
        name = f"{issued_at:%Y%m%d%H%M%S}_0_{kind}_270000.xml"
        return Incoming(f"{self.sent:04d}-{name}", name, raw, self.clock.now(), baseline, speed)

    def send(self, kind: str, *stated: Stated, **how: object) -> Received:
        """Composes and receives one telegram."""
        (received,) = receive(self.services, [self.telegram(kind, stated or None, **how)])  # type: ignore[arg-type]
        return received


@pytest.fixture
def jma(live: Services, clock: HandClock) -> Jma:
    return Jma(live, clock)


@pytest.fixture(scope="session")
def fcm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeFcmProcess]:
    """A fake FCM server that answers at once; some tokens are unregistered."""
    options = FakeOptions(tmp_path_factory.mktemp("fcm"), latency_ms=(0.0, 5.0), faults={"unregistered": 0.1})
    with FakeFcmProcess(options) as server:
        yield server


@pytest.fixture
def drill(
    drill_database: Database,
    pack: CityPack,
    wording: Wording,
    clock: HandClock,
    nudges: Nudges,
    fcm: FakeFcmProcess,
) -> Iterator[Services]:
    """A drill world on each of the databases, with the real sender and a real HTTP/2 server."""
    fcm.ask("POST", "/reset")
    sender = drill_sender(DRILL, fcm.url, fcm.ca)
    yield Services(DRILL, drill_database, pack, clock, nudges, sender, AddressCipher(bytes(32)), wording)
    sender.close()


@pytest.fixture
def city(drill: Services, jma: Jma, provider: Provider) -> Services:
    """A drill world that JMA sends to, with the test in place of Firebase."""
    jma.services = replace(drill, sender=provider)
    return jma.services
