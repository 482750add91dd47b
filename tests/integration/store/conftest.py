"""A town in a database: phones, an alert with its revisions, chunks to tell."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alerts.alert import Alert, AlertState, Change, Revision, Scope, Source, Tier, Urgency
from alerts.ports import Platform, PushOutcome, PushResult
from alerts.store.chunk import Chunk, NewChunk
from alerts.store.database import Database
from alerts.store.device import Device, NewDevice, SealedAddress
from alerts.store.telegrams import TelegramRecord
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
LEASE = timedelta(seconds=2)


@dataclass
class Town:
    """Writes what a test needs, with as little said as possible."""

    database: Database
    now: datetime = NOW
    lease: timedelta = LEASE

    def __post_init__(self) -> None:
        self._names = itertools.count(1)

    def telegram(self, telegram_id: str, **changes: Any) -> TelegramRecord:
        said: dict[str, Any] = {
            "id": telegram_id,
            "file": "20260901030000_0_VPWW55_270000.xml",
            "type": "VPWW55",
            "unit": "大雨の警報等（Ｒ０６）|大阪管区気象台|actual",
            "status": Status.ACTUAL,
            "info_type": InfoType.ISSUE,
            "issued_at": self.now,
            "seen_at": self.now,
            "outcome": Outcome.LIVE,
            "reason": "understood",
            "applied": "none",
            "title": "大阪府気象警報・注意報",
            "headline": "大雨に警戒してください。",
            "unknown_codes": (),
            "raw": b"<Report/>",
        }
        return TelegramRecord(**said | changes)

    def device(self, districts: frozenset[str] = frozenset(), **changes: Any) -> Device:
        with self.database.write() as uow:
            return uow.devices.add(self.new_device(districts, **changes), self.now)

    def new_device(self, districts: frozenset[str] = frozenset(), **changes: Any) -> NewDevice:
        name = next(self._names)
        said: dict[str, Any] = {
            "id": f"device-{name}",
            "secret_hash": f"hash-{name}",
            "address": SealedAddress("token", f"cipher-{name}".encode(), f"fingerprint-{name}"),
            "platform": Platform.IOS,
            "language": "ja",
            "normal_pushes": True,
            "districts": districts,
        }
        return NewDevice(**said | changes)

    def alert(self, alert_id: str = "a1", revisions: int = 1, **changes: Any) -> str:
        said: dict[str, Any] = {
            "id": alert_id,
            "source": Source.JMA,
            "hazard": "landslide",
            "chain": f"chain of {alert_id}",
            "state": AlertState.IN_FORCE,
            "code": "49",
            "level": 4,
            "rank": 4,
            "name": "レベル４土砂災害危険警報",
            "told_rank": 4,
            "last_revision": revisions,
            "since": self.now,
            "updated_at": self.now,
        }
        with self.database.write() as uow:
            uow.alerts.save(Alert(**said | changes))
            for number in range(1, revisions + 1):
                uow.alerts.add_revision(self.revision(alert_id, number))
        return alert_id

    def revision(self, alert_id: str, number: int, **changes: Any) -> Revision:
        said: dict[str, Any] = {
            "alert_id": alert_id,
            "number": number,
            "change": Change.ISSUE if number == 1 else Change.RAISE,
            "hazard": "landslide",
            "code": "49",
            "level": 4,
            "rank": 4,
            "name": "レベル４土砂災害危険警報",
            "urgency": Urgency.CRITICAL,
            "scope": Scope.EVERYONE,
            "tiers": (Tier(frozenset({"27218-nozaki-1", "27218-ryuma"}), "foothill"), Tier(None)),
            "details": ("１日昼前から夕方まで",),
            "telegram_id": None,
            "issued_at": self.now,
            "created_at": self.now,
            "expires_at": self.now + timedelta(hours=6),
            "pushed": True,
            "reason": "level 4 is new",
        }
        return Revision(**said | changes)

    def chunk(
        self, revision: int = 1, devices: tuple[int, int] = (1, 100), alert_id: str = "a1", **changes: Any
    ) -> int:
        said: dict[str, Any] = {"tier": 0, "urgency": Urgency.CRITICAL, "priority": 0, "due_at": self.now}
        said["story"] = f"story of {alert_id}"
        new = NewChunk(alert_id, revision, device_from=devices[0], device_to=devices[1], **said | changes)
        with self.database.write() as uow:
            return uow.chunks.add_all([new])[0]

    def claim(self, chunk_id: int, worker: str = "w1", *, after: float = 0) -> Chunk | None:
        with self.database.write() as uow:
            return uow.chunks.claim(chunk_id, worker, self.now + timedelta(seconds=after), self.lease)

    def start(self, chunk: Chunk, *devices: int, message_id: int = 1) -> None:
        with self.database.write() as uow:
            uow.deliveries.start(chunk, dict.fromkeys(devices, message_id), "fcm", self.now)

    def record(self, chunk: Chunk, result: PushResult, *devices: int) -> int:
        with self.database.write() as uow:
            outcomes = [PushOutcome(device, result, f"projects/x/messages/{device}", None) for device in devices]
            return uow.deliveries.record(chunk.alert_id, chunk.revision, outcomes, self.now)


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


@pytest.fixture
def begun(town: Town) -> Callable[..., Chunk]:
    """Makes an alert with one claimed chunk, whose deliveries can begin."""

    def begin(alert_id: str = "a1", devices: tuple[int, int] = (1, 100)) -> Chunk:
        town.alert(alert_id)
        claimed = town.claim(town.chunk(alert_id=alert_id, devices=devices))
        assert claimed is not None
        return claimed

    return begin
