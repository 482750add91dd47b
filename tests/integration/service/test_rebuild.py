"""The situation made anew: from the store, from the long feeds, from one VPWS50; the three agree (jma.md §1.5)."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import delete

from alerts.alert import Change
from alerts.service.arrival import Incoming
from alerts.service.rebuild import differences, repair
from alerts.service.receive import receive, record_of
from alerts.service.recover import UnusableSnapshotError, differences_from, recover
from alerts.store.tables import alerts, hazard_states, postings, revisions, telegrams, units
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType
from alerts.telegram.reader import read_telegram

sys.path.append(str(Path(__file__).parent))
from snapshots import compose_snapshot

RAIN, LANDSLIDE, STORM, OTHER = "VPWW55", "VPWW56", "VPWW58", "VPWW61"
NIGHTS = {
    "calm": {RAIN: [], OTHER: []},
    "thunder": {OTHER: [Stated("14"), Stated("20")]},
    "rain at level 4": {RAIN: [Stated("43")], LANDSLIDE: [Stated("09")], OTHER: [Stated("14", "継続", "14")]},
    "a storm that ends": {STORM: [Stated("05", "解除", "05")], RAIN: [Stated("10", "警報から注意報", "03")]},
}


def situation(services):
    with services.database.read() as uow:
        return {(state.chain, state.hazard): (state.code, state.rank) for state in uow.situation.in_force()}


def forget(services, *tables):
    """Loses rows as a damaged or restored database would."""
    with services.database.write() as uow:
        for table in tables:
            uow.connection.execute(delete(table))


def pushed(made):
    return [(one.change, one.hazard, one.level) for one in made if one.pushed]


def snapshot(services, clock, stated, number=1, **how):
    raw = compose_snapshot(stated, services.pack.codes.municipality, clock.now(), **how)
    return Incoming(f"snapshot-{number}", "20260901030000_0_VPWS50_010000.xml", raw, clock.now())


def night(jma, clock, stated):
    """The telegrams that come before, and those that say what is stated now."""
    before = [jma.telegram(STORM, [Stated("05")]), jma.telegram(RAIN, [Stated("03")]), jma.telegram(LANDSLIDE, None)]
    clock.forward(hours=1)
    return before + [jma.telegram(kind, every or None) for kind, every in ({STORM: [], **stated}).items()]


@pytest.mark.parametrize("stated", NIGHTS.values(), ids=NIGHTS)
def test_store_long_feeds_and_snapshot_agree(live, jma, clock, stated):
    everything = night(jma, clock, stated)
    receive(live, everything)
    lived = situation(live)
    assert differences(live) == []

    forget(live, hazard_states)
    repair(live)
    from_store = situation(live)

    forget(live, hazard_states, units, telegrams, postings, revisions, alerts)
    baseline = [Incoming(one.id, one.file, one.raw, one.seen_at, baseline=True) for one in everything]
    receive(live, baseline)
    from_feeds = situation(live)

    forget(live, hazard_states, units, telegrams, postings, revisions, alerts)
    clock.forward(minutes=5)
    told = {RAIN: [Stated("03")]} | stated if RAIN not in stated else stated
    assert recover(live, snapshot(live, clock, _in_force(told))) is not None
    assert lived == from_store == from_feeds == situation(live)


def _in_force(stated):
    """A table says what is in force; an end is not repeated."""
    return {kind: [one for one in every if one.status != "解除"] for kind, every in stated.items()}


def test_a_lost_situation_is_shown_and_put_right_without_a_second_ring(live, jma, clock):
    jma.send(LANDSLIDE, Stated("49"))
    forget(live, hazard_states)
    (found,) = differences(live)
    assert (found.hazard, found.known, found.true.code) == ("landslide", None, "49")
    assert situation(live) == {}, "showing it changes nothing"
    assert pushed(repair(live)) == [], "residents know it already"
    assert {code for code, _ in situation(live).values()} == {"49"}
    assert differences(live) == []
    assert repair(live) == []


def test_what_residents_were_not_told_is_told(live, jma, clock):
    jma.send(LANDSLIDE, Stated("09"))
    clock.forward(minutes=30)
    missed = jma.telegram(LANDSLIDE, [Stated("49")])
    receive(live, [missed])
    forget(live, hazard_states, postings, revisions, alerts)
    assert pushed(repair(live)) == [(Change.ISSUE, "landslide", 4)]


def test_what_should_not_be_in_force_is_ended_and_told_where_it_was_told(live, jma, clock):
    jma.send(LANDSLIDE, Stated("49"))
    with live.database.read() as uow:
        (state,) = uow.situation.in_force()
    clock.forward(hours=1)
    receive(live, [over := jma.telegram(LANDSLIDE, None)])
    with live.database.write() as uow:
        uow.situation.put(state)
    (found,) = differences(live)
    assert (found.known.code, found.true) == ("49", None)
    assert repair(live) == [], "residents were told of the end"
    assert situation(live) == {}
    assert receive(live, [over])[0].applied == "duplicate"


def test_an_end_that_was_lost_is_told_to_who_was_told_of_the_begin(live, jma, clock):
    jma.send(LANDSLIDE, Stated("49"))
    clock.forward(hours=1)
    with live.database.write() as uow:  # the end is kept, and what it did is lost
        end = jma.telegram(LANDSLIDE, None)
        uow.telegrams.add(record_of(live, end, read_telegram(end.raw, end.file, live.pack.codes)))
    assert pushed(repair(live)) == [(Change.END, "landslide", 4)]
    assert differences(live) == []


def test_a_snapshot_after_an_outage_tells_the_difference_only(live, jma, clock):
    receive(live, [jma.telegram(RAIN, [Stated("03")]), jma.telegram(OTHER, [Stated("14")])])
    clock.forward(hours=2)
    table = snapshot(live, clock, {RAIN: [Stated("43", "継続")], OTHER: [Stated("14", "継続")]})
    assert [one.hazard for one in differences_from(live, table)] == ["heavy_rain"]
    assert pushed(recover(live, table)) == [(Change.RAISE, "heavy_rain", 4)]
    assert recover(live, table) == [], "the same snapshot again"
    clock.forward(minutes=10)
    assert jma.send(RAIN, Stated("43", "継続", "43")).revisions == (), "the telegram itself rings no second time"


def test_a_first_start_from_a_snapshot_tells_nobody(live, clock):
    assert pushed(recover(live, snapshot(live, clock, {LANDSLIDE: [Stated("49")]}))) == []
    assert situation(live) == {("VPWW56/actual", "landslide"): ("49", 4)}


def test_an_old_snapshot_overwrites_nothing_newer(live, jma, clock):
    table = snapshot(live, clock, {LANDSLIDE: [Stated("39")]})
    clock.forward(minutes=5)
    jma.send(LANDSLIDE, Stated("09"))
    assert differences_from(live, table) == []
    assert pushed(recover(live, table)) == []
    assert {code for code, _ in situation(live).values()} == {"09"}


def test_a_snapshot_with_an_unknown_kind_ends_nothing_and_is_alarmed(live, jma, clock):
    jma.send(OTHER, Stated("14"), Stated("20"))
    clock.forward(minutes=5)
    recover(live, snapshot(live, clock, {OTHER: [Stated("14", "継続"), Stated("99")]}))
    assert {code for code, _ in situation(live).values()} == {"14", "20"}
    with live.database.read() as uow:
        assert [alarm.kind for alarm in uow.alarms.open()] == ["odd"]


def test_r1_an_exercise_snapshot_is_refused_in_the_live_world(live, clock):
    with pytest.raises(UnusableSnapshotError, match="exercise"):
        recover(live, snapshot(live, clock, {RAIN: [Stated("33")]}, status="訓練"))


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda raw: raw[:300], "well-formed"),
        (lambda raw: raw.replace(b"2721800", b"9999999"), "no Item"),
        (lambda raw: raw.replace("（集約通報）".encode(), "（大雨）".encode()), "title"),
        (lambda raw: raw.replace("発表</InfoType>".encode(), "取消</InfoType>".encode()), "retraction"),
    ],
    ids=["cut off", "without the city", "another telegram", "a retraction"],
)
def test_a_snapshot_that_cannot_be_read_changes_nothing_and_says_why(live, jma, clock, spoil, why):
    jma.send(RAIN, Stated("03"))
    table = snapshot(live, clock, {})
    with pytest.raises(UnusableSnapshotError, match=why):
        recover(live, Incoming(table.id, table.file, spoil(table.raw), table.seen_at))
    assert len(situation(live)) == 1


def test_a_snapshot_without_send_time_goes_by_its_report_time(live, clock):
    table = snapshot(live, clock, {RAIN: [Stated("03")]})
    raw = table.raw.replace(f"<DateTime>{clock.now():%Y-%m-%dT%H:%M:%SZ}</DateTime>".encode(), b"")
    recover(live, Incoming(table.id, table.file, raw, table.seen_at))
    assert {code for code, _ in situation(live).values()} == {"03"}


def test_a_retraction_takes_back_what_a_snapshot_repeated(live, jma, clock):
    jma.send(LANDSLIDE, Stated("49"))
    clock.forward(minutes=1)
    recover(live, snapshot(live, clock, {LANDSLIDE: [Stated("49", "継続")]}))
    clock.forward(minutes=1)
    (revision,) = jma.send(LANDSLIDE, info_type=InfoType.RETRACTION).revisions
    assert revision.change is Change.RETRACT
    assert situation(live) == {}
