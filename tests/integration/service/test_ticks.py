"""Each tick does its work in each world, whatever is wrong in the other one (R1, R10)."""

from dataclasses import replace

import pytest

from alerts.ports import Address, Platform
from alerts.service import drill as drills
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.store.database import Database
from alerts.telegram.composition import Stated
from alerts.world import DRILL
from workers import heartbeat
from workers.app import create_app
from workers.beating import BeatingSender

LANDSLIDE, L4 = "VPWW56", Stated("49")
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _nobody_has_beaten_yet(monkeypatch):
    monkeypatch.setattr(heartbeat, "_last", {})


@pytest.fixture
def tick(live, drill):
    """Runs a task as its worker does, on these worlds."""

    def run(name, *arguments, **worlds):
        create_app({"live": live, "drill": drill} | worlds, NOBODY_LISTENS).tasks[name](*arguments)

    return run


def alive(services):
    with services.database.read() as uow:
        return {beat.part for beat in uow.heartbeats.all()}


def lost(drill, tmp_path):
    """The drill world with its database gone."""
    return replace(drill, database=Database(f"sqlite:///{tmp_path}/lost/drill.db", DRILL))


def test_r1_a_lost_drill_database_stops_neither_the_live_world_nor_its_heartbeat(live, drill, tick, tmp_path, caplog):
    tick("alerts.advance", drill=lost(drill, tmp_path))
    assert alive(live) == {"alerts"}
    assert "playing the drill failed" in caplog.text


def test_r1_a_lost_drill_database_does_not_stop_the_sweep_of_the_live_world(
    live, drill, jma, nudges, clock, tick, tmp_path
):
    _register_one(live)
    jma.send(LANDSLIDE, L4)
    told = len(nudges.chunks)
    nudges.chunks.clear()
    clock.forward(seconds=4)
    tick("watch.sweep", drill=lost(drill, tmp_path))
    assert len(nudges.chunks) == told > 0


def test_r10_a_live_world_that_does_not_settle_gives_no_sign_of_life(live, tick, tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError("settling is broken")

    monkeypatch.setattr("workers.tasks.alerts.settle", broken)
    tick("alerts.advance")
    assert alive(live) == set()


@pytest.mark.parametrize(("name", "step"), [("typhoon", 0), ("storm", 99)], ids=["unknown", "shortened"])
def test_a_drill_that_the_pack_no_longer_has_is_stopped_with_an_alarm_until_the_next_one(drill, clock, name, step):
    with drill.database.write() as uow:
        run = uow.drills.start(name, 10.0, clock.now())
        for played in range(step):
            uow.drills.advance(run, played, clock.now(), done=False)
    assert drills.advance(drill) == 0
    with drill.database.read() as uow:
        assert uow.drills.list()[0].state == "stopped"
        (alarm,) = uow.alarms.open()
    assert (alarm.kind, name in alarm.text) == ("drill", True)
    drills.start(drill, "storm", speed=3600)
    assert drills.advance(drill) == 1
    with drill.database.read() as uow:
        assert uow.alarms.open() == []


def test_r10_who_delivers_gives_signs_of_life_while_it_sends(live, drill, jma, tick):
    _register_one(live)
    jma.send(LANDSLIDE, L4)
    tick("push.deliver", "live")
    assert alive(live) == {"push"}
    with live.database.read() as uow:
        assert set(uow.chunks.counts()) == {"done"}


def test_r10_every_report_of_a_sender_is_a_sign_of_life(live):
    class Slow:
        channel = "none"

        def send(self, _jobs, _clock, record):
            for _ in range(3):
                record([])

    done = []
    BeatingSender(Slow(), lambda: done.append("alive")).send([], live.clock, lambda _: done.append("recorded"))
    assert done == ["recorded", "alive"] * 3


def test_r10_a_drill_s_worker_is_no_sign_of_life_of_the_one_that_reaches_residents(live, drill, tick):
    tick("push.deliver", "drill")
    assert alive(live) == alive(drill) == set()


def test_r28_a_sign_of_life_that_cannot_be_written_ends_no_work(drill, tmp_path, caplog):
    heartbeat.beat(lost(drill, tmp_path), "push")
    assert "could not be written" in caplog.text


def _register_one(live):
    register(live, Registration(Address("token", "t"), Platform.IOS, "ja", (), normal_pushes=True))
