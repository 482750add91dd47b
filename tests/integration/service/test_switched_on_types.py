"""What a city switches on acts as its kind does: a notified river rings, an early warning is only shown (ADR 0016)."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from alerts.service.reread import read_again
from alerts.telegram.reading import Outcome

TELEGRAMS = Path(__file__).parents[2] / "telegrams"


@pytest.fixture
def switched_on(live):
    """The live world of a city that uses all that is prepared, and has the river of the own telegram."""
    codes = live.pack.codes
    on = replace(codes, switched_on=("VXSU", "VXSE43"), rivers=(*codes.rivers, "8606049900"))
    return replace(live, pack=replace(live.pack, codes=on))


def come_in(services, kind, *, info_type="発表"):
    (file,) = TELEGRAMS.glob(f"*_{kind}_*.xml")
    raw = file.read_bytes().replace("<InfoType>発表".encode(), f"<InfoType>{info_type}".encode())
    if info_type != "発表":
        raw = raw.replace(b"T01:00:12Z", b"T01:00:50Z")
    incoming = Incoming(f"{file.name}-{info_type}", file.name, raw, services.clock.now())
    (received,) = receive(services, [incoming])
    return received


def shown(services):
    with services.database.read() as uow:
        return [record.content for record in uow.displays.shown(services.clock.now())]


def in_force(services):
    with services.database.read() as uow:
        return [(state.hazard, state.level) for state in uow.situation.in_force()]


def test_a_notified_river_waits_for_the_switch_and_then_acts(live, switched_on, clock):
    clock.time = datetime(2026, 7, 1, 11, 41, tzinfo=UTC)
    assert come_in(live, "VXSU52").reading.outcome is Outcome.HOLD
    with live.database.read() as uow:
        assert [alarm.kind for alarm in uow.alarms.open()] == ["held"]
    assert in_force(live) == []
    (again,) = read_again(switched_on)
    assert again.outcome is Outcome.LIVE
    assert in_force(live) == [("river_flood", 2)]
    with live.database.read() as uow:
        assert not uow.alarms.open()


def test_a_notified_river_that_is_switched_on_is_told(switched_on, clock):
    clock.time = datetime(2026, 7, 1, 11, 41, tzinfo=UTC)
    (revision,) = come_in(switched_on, "VXSU52").revisions
    assert (revision.level, revision.pushed) == (2, True)


def test_an_early_warning_is_shown_and_nobody_is_told(switched_on, nudges, clock):
    clock.time = datetime(2026, 7, 2, 1, 1, tzinfo=UTC)
    received = come_in(switched_on, "VXSE43")
    assert received.reading.outcome is Outcome.DISPLAY
    assert not received.revisions
    assert nudges.chunks == []
    assert in_force(switched_on) == []
    assert [content["early_warning"]["lower"] for content in shown(switched_on)] == ["4"]
    come_in(switched_on, "VXSE43", info_type="取消")
    assert shown(switched_on) == []
