"""R30: what a snapshot says of its own age, with a database that fails or hangs."""

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.service.services import Services
from alerts.store.cipher import AddressCipher
from alerts.store.database import Database
from alerts.wording.tables import Wording
from alerts.world import DRILL, LIVE
from api.problems import ProblemError
from api.residents.refresher import Refresher
from api.residents.snapshot import LOST_AFTER, Snapshot
from workers.fcm.none import NoSender


@dataclass
class HandClock:
    time: datetime = field(default=datetime(2026, 9, 1, tzinfo=UTC))

    def now(self) -> datetime:
        return self.time


class SilentNudge:
    def chunk_due(self, chunk_id: int) -> None:
        """Nothing is delivered here."""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def services(tmp_path: Path, clock: HandClock):
    """A drill world: without feeds only the database decides whether an answer is stale."""
    database = Database(f"sqlite:///{tmp_path}/drill.db", DRILL)
    database.migrate()
    pack, cipher = load_pack(bundled()), AddressCipher(bytes(32))
    yield Services(DRILL, database, pack, clock, SilentNudge(), NoSender(), cipher, Wording.load())
    database.dispose()


def stale(snapshot: Snapshot) -> bool:
    return snapshot.answers.situation_answer("ja").stale


def test_a_snapshot_that_was_read_is_fresh(services):
    snapshot = Snapshot(services)
    snapshot.refresh()
    assert stale(snapshot) is False


def test_before_the_first_look_there_is_no_situation_to_show(services):
    with pytest.raises(ProblemError):
        Snapshot(services).answers.situation("ja")


def test_a_look_that_does_not_come_back_makes_the_answers_stale(services, clock):
    snapshot = Snapshot(services)
    snapshot.refresh()
    clock.time += LOST_AFTER
    assert stale(snapshot) is False
    clock.time += timedelta(seconds=1)
    assert stale(snapshot) is True
    snapshot.refresh()
    assert stale(snapshot) is False


def test_bytes_are_kept_as_long_as_nothing_changes(services):
    snapshot = Snapshot(services)
    snapshot.refresh()
    before = snapshot.answers.situation("ja")
    snapshot.refresh()
    assert snapshot.answers.situation("ja") is before


def test_a_world_that_hangs_does_not_keep_another_from_being_read(services, monkeypatch, until):
    hung, fine = Snapshot(services), Snapshot(services)
    released = threading.Event()
    monkeypatch.setattr(hung, "refresh", released.wait)
    monkeypatch.setattr("api.residents.refresher._PATIENCE_SECONDS", 0.05)
    refresher = Refresher((hung, fine), 0.01)
    refresher.start()
    until(lambda: is_read(fine))
    assert stale(fine) is False
    released.set()
    refresher.stop()


def is_read(snapshot: Snapshot) -> bool:
    try:
        stale(snapshot)
    except ProblemError:
        return False
    return True


def test_a_city_without_districts_or_sources_has_answers_too(services, tmp_path, clock):
    (tmp_path / "city.toml").write_text((bundled() / "city.toml").read_text("utf-8"), "utf-8")
    lone = replace(services, pack=load_pack(tmp_path / "city.toml"))
    snapshot = Snapshot(lone)
    snapshot.refresh()
    assert b'"districts":[]' in snapshot.answers.districts().body
    assert b'"as_of":"2026-09-01T09:00:00+09:00"' in snapshot.answers.shelters().body


def test_the_live_world_is_stale_until_its_feeds_were_read(services, tmp_path):
    database = Database(f"sqlite:///{tmp_path}/live.db", LIVE)
    database.migrate()
    snapshot = Snapshot(replace(services, world=LIVE, database=database))
    snapshot.refresh()
    assert stale(snapshot) is True
    database.dispose()
