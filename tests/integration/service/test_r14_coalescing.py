"""Several telegrams for the same hazard in a short time are told as few pushes as say the truth (R14)."""

from datetime import timedelta

import pytest

from alerts.alert import AlertState, Change
from alerts.service.settle import next_due, settle
from alerts.telegram.composition import Stated

RAIN = "VPWW55"
L2, L3, L4 = Stated("10"), Stated("03"), Stated("43")
STEP_DOWN = Stated("10", "警報から注意報", "03")
OVER = Stated("10", "解除", "10")


def pushes(revisions):
    return [(revision.change, revision.level) for revision in revisions if revision.pushed]


def said(live):
    with live.database.read() as uow:
        return [revision for alert in uow.alerts.recent(50) for revision in uow.alerts.revisions(alert.id)]


def states(live):
    with live.database.read() as uow:
        return [alert.state for alert in uow.alerts.recent(50)]


def in_force(live):
    with live.database.read() as uow:
        return [state.code for state in uow.situation.in_force()]


def test_a_rise_leaves_at_once(live, jma, clock):
    jma.send(RAIN, L2)
    clock.forward(seconds=10)
    assert pushes(jma.send(RAIN, L4).revisions) == [(Change.RAISE, 4)]


def test_a_step_down_soon_after_waits_and_is_then_told_with_its_own_time(live, jma, clock):
    jma.send(RAIN, L3)
    clock.forward(minutes=4)
    lowered_at = clock.now()
    assert pushes(jma.send(RAIN, STEP_DOWN).revisions) == []
    assert in_force(live) == ["10"]
    assert next_due(live) == lowered_at + timedelta(minutes=6)
    clock.forward(minutes=5, seconds=59)
    assert settle(live) == []
    clock.forward(seconds=1)
    (told,) = settle(live)
    assert pushes([told]) == [(Change.LOWER, 2)]
    assert told.issued_at == lowered_at
    assert settle(live) == []


def test_a_step_down_long_after_is_told_at_once(live, jma, clock):
    jma.send(RAIN, L3)
    clock.forward(minutes=10)
    assert pushes(jma.send(RAIN, STEP_DOWN).revisions) == [(Change.LOWER, 2)]


def test_an_end_that_was_none_rings_nobody(live, jma, clock):
    jma.send(RAIN, L3)
    clock.forward(minutes=2)
    jma.send(RAIN, OVER)
    assert in_force(live) == []
    assert states(live) == [AlertState.ENDING]
    clock.forward(minutes=2)
    jma.send(RAIN, L3)
    clock.forward(hours=1)
    assert settle(live) == []
    assert pushes(said(live)) == [(Change.ISSUE, 3)]
    assert states(live) == [AlertState.IN_FORCE]


def test_an_end_soon_after_is_told_when_the_window_is_over(live, jma, clock):
    jma.send(RAIN, L3)
    clock.forward(minutes=2)
    jma.send(RAIN, OVER)
    clock.forward(minutes=8)
    assert pushes(settle(live)) == [(Change.END, 3)]
    assert states(live) == [AlertState.ENDED]


def test_a_rise_in_the_window_makes_the_withheld_step_down_void(live, jma, clock):
    jma.send(RAIN, L3)
    clock.forward(minutes=2)
    jma.send(RAIN, STEP_DOWN)
    clock.forward(minutes=1)
    assert pushes(jma.send(RAIN, L4).revisions) == [(Change.RAISE, 4)]
    clock.forward(minutes=30)
    assert settle(live) == []


@pytest.mark.parametrize("gap", [5, 25])
def test_r14_a_night_of_twenty_updates_rings_at_most_twice(live, jma, clock, gap):
    """Kanagawa, 2022-01-16: twenty mails a district, since each update of anything was sent."""
    for number in range(20):
        jma.send(RAIN, *((L3, STEP_DOWN)[number % 2],))
        clock.forward(seconds=gap)
        settle(live)
    rung = [change for change, _ in pushes(said(live))]
    assert rung[0] is Change.ISSUE
    assert len(rung) <= 2


def test_r14_twenty_continuations_over_a_whole_night_ring_once(live, jma, clock):
    for number in range(20):
        jma.send(RAIN, Stated("03", "継続" if number else "発表", "03"))
        clock.forward(minutes=22)
        settle(live)
    assert pushes(said(live)) == [(Change.ISSUE, 3)]


def test_in_a_drill_the_window_shrinks_with_the_speed(live, jma, clock):
    jma.send(RAIN, L3, speed=600)
    clock.forward(seconds=2)
    assert pushes(jma.send(RAIN, STEP_DOWN, speed=600).revisions) == [(Change.LOWER, 2)]
