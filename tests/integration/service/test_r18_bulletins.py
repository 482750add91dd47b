"""A bulletin ends nothing: it runs out, or its own correction or retraction takes it back (R18, jma.md §3.3)."""

import re
from pathlib import Path

import pytest

from alerts.alert import Change
from alerts.service.arrival import Incoming
from alerts.service.rebuild import differences
from alerts.service.receive import receive
from alerts.service.settle import settle

OWN = next((Path(__file__).parents[2] / "telegrams").glob("*_VPBS50_*.xml")).read_text(encoding="utf-8")
RAINBAND, RECORD = "線状降水帯発生", "記録雨"


@pytest.fixture
def send(live, clock):
    """Receives a bulletin half an hour after the one before; returns what residents are told by it."""

    def send(event, tag=RAINBAND, *, area="270000", info_type="発表"):
        clock.forward(minutes=30)
        settle(live)
        raw = OWN.replace(f"<Condition>{RAINBAND}<", f"<Condition>{tag}<").replace("270000<", f"{area}<")
        raw = raw.replace("<InfoType>発表<", f"<InfoType>{info_type}<")
        raw = re.sub("<EventID>[^<]*<", f"<EventID>{event}<", raw)
        raw = re.sub("<DateTime>[^<]*Z<", f"<DateTime>{clock.now():%Y-%m-%dT%H:%M:%SZ}<", raw)
        name = f"{clock.now():%Y%m%d%H%M%S}_0_VPBS50_{area}.xml"
        (received,) = receive(live, [Incoming(name, name, raw.encode(), clock.now())])
        assert differences(live) == []
        return [(one.change, one.hazard) for one in received.revisions if one.pushed]

    return send


@pytest.fixture
def in_force(live):
    def in_force():
        with live.database.read() as uow:
            return {state.hazard for state in uow.situation.in_force()}

    return in_force


def test_r18_a_bulletin_for_another_prefecture_ends_nothing_here(send, in_force):
    assert send("HJPOS1") == [(Change.ISSUE, "linear_rainband")]
    assert send("HJPKB1", area="280010") == []
    assert in_force() == {"linear_rainband"}


def test_r18_a_bulletin_of_another_kind_ends_nothing(send, in_force):
    send("HJPOS1")
    assert send("KJPOS1", RECORD) == [(Change.ISSUE, "record_rain")]
    assert in_force() == {"linear_rainband", "record_rain"}


def test_r18_a_new_event_of_the_same_kind_goes_on_and_rings_nobody(send, in_force):
    send("HJPOS1")
    assert send("HJPOS2") == []
    assert in_force() == {"linear_rainband"}


def test_r18_a_correction_takes_back_what_its_own_bulletin_said_and_nothing_else(send, in_force):
    send("KJPOS1", RECORD)
    send("HJPOS1")
    assert send("HJPOS1", area="280010", info_type="訂正") == [(Change.RETRACT, "linear_rainband")]
    assert send("KJPKB1", RECORD, area="280010", info_type="訂正") == []
    assert in_force() == {"record_rain"}


@pytest.mark.parametrize("how", [{"info_type": "取消"}, {"info_type": "訂正", "area": "280010"}])
def test_r18_what_an_earlier_bulletin_said_counts_again(send, in_force, how):
    send("HJPOS1")
    send("HJPOS2")
    assert send("HJPOS2", **how) == []
    assert in_force() == {"linear_rainband"}


@pytest.mark.parametrize("how", [{"info_type": "取消"}, {"info_type": "訂正", "area": "280010"}])
def test_r18_unless_it_has_run_out_by_then(send, in_force, clock, how):
    send("HJPOS1")
    clock.forward(hours=2)
    send("HJPOS2")
    clock.forward(minutes=30)
    assert send("HJPOS2", **how) == [(Change.RETRACT, "linear_rainband")]
    assert in_force() == set()
