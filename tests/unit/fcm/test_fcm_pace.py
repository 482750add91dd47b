"""How fast a project may send (push.md §4, §7.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Urgency
from workers.fcm.pace import MINUTE, RAMP_FLOOR, RAMP_SECONDS, LocalPace, Quota

QUOTA = Quota(60_000)  # 950 a second and 3,000 at once


class Time:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def take_for(pace: LocalPace, time: Time, seconds: float, urgency: Urgency, step: float = 0.05) -> int:
    """What a sender gets that always wants more."""
    taken, end = 0, time.at + seconds
    while time.at < end:
        taken += pace.take(10_000, urgency)
        time.at += step
    return taken


@given(
    pauses=st.lists(st.floats(0.01, 20.0), min_size=1, max_size=80),
    wants=st.lists(st.tuples(st.integers(1, 50_000), st.sampled_from(list(Urgency))), min_size=1, max_size=80),
)
def test_no_minute_wherever_it_begins_holds_more_than_the_quota(
    pauses: list[float], wants: list[tuple[int, Urgency]]
) -> None:
    time = Time()
    pace = LocalPace(QUOTA, time)
    sent: list[tuple[float, int]] = []
    for pause, (wanted, urgency) in zip(pauses, wants, strict=False):
        time.at += pause
        taken = pace.take(wanted, urgency)
        assert 0 <= taken <= wanted
        sent.append((time.at, taken))
    for begins, _ in sent:
        assert sum(count for at, count in sent if begins <= at < begins + MINUTE) <= QUOTA.per_minute


def test_a_critical_push_has_no_ramp() -> None:
    time = Time()
    assert take_for(LocalPace(QUOTA, time), time, 1.0, Urgency.CRITICAL) >= QUOTA.burst + 0.9 * QUOTA.rate


def test_normal_pushes_are_ramped_up_over_a_minute() -> None:
    time = Time()
    pace = LocalPace(QUOTA, time)
    seconds = [take_for(pace, time, 1.0, Urgency.NORMAL) for _ in range(int(RAMP_SECONDS) + 5)]
    assert seconds[0] < 0.1 * QUOTA.rate
    assert sum(seconds[:30]) == pytest.approx(QUOTA.rate * 30**2 / 2 / RAMP_SECONDS, rel=0.15)
    assert seconds[-1] == pytest.approx(QUOTA.rate, rel=0.05)


def test_r5_what_takes_back_or_ends_waits_for_no_ramp_and_leaves_half_to_critical_ones() -> None:
    pace = LocalPace(QUOTA, Time())
    assert pace.take(10_000, Urgency.NORMAL, at_once=True) == QUOTA.burst / 2
    assert pace.take(10_000, Urgency.CRITICAL) == QUOTA.burst / 2


def test_what_goes_at_once_leaves_the_ramp_where_it_is() -> None:
    time = Time()
    pace = LocalPace(QUOTA, time)
    pace.take(100, Urgency.NORMAL, at_once=True)
    assert pace.take(10_000, Urgency.NORMAL) == QUOTA.rate * RAMP_FLOOR


def test_after_a_calm_minute_the_ramp_begins_anew() -> None:
    time = Time()
    pace = LocalPace(QUOTA, time)
    take_for(pace, time, RAMP_SECONDS + 1, Urgency.NORMAL)
    assert take_for(pace, time, 1.0, Urgency.NORMAL) > 0.9 * QUOTA.rate
    time.at += 61.0
    assert take_for(pace, time, 1.0, Urgency.NORMAL) < 0.1 * QUOTA.rate


@pytest.mark.parametrize("less_urgent", [Urgency.HIGH, Urgency.NORMAL])
def test_what_is_critical_overtakes_what_is_not_in_every_process(less_urgent: Urgency) -> None:
    time = Time()
    pace = LocalPace(QUOTA, time)
    take_for(pace, time, RAMP_SECONDS, less_urgent)
    critical = other = 0
    for _ in range(400):  # twenty seconds in which both ask again and again, the less urgent first
        other += pace.take(10_000, less_urgent)
        critical += pace.take(10_000, Urgency.CRITICAL)
        time.at += 0.05
    assert critical > 20 * 0.95 * QUOTA.rate
    assert other < 0.02 * critical


def test_while_fcm_wants_to_hear_nothing_nothing_is_sent_whatever_its_urgency() -> None:
    time = Time()
    pace = LocalPace(QUOTA, time)
    pace.hold(30.0)
    pace.hold(10.0)
    time.at += 29.0
    assert [pace.take(5, urgency) for urgency in Urgency] == [0] * len(Urgency)
    assert pace.held_for() == pytest.approx(1.0)
    time.at += 1.0
    assert pace.take(5, Urgency.CRITICAL) == 5
    assert pace.held_for() == 0.0
