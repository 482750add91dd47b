"""No way leads from a drill to residents (R1)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.admission import may_act
from alerts.telegram.envelope import Envelope, InfoType, Status
from alerts.telegram.reading import Outcome, Reading
from alerts.world import DRILL, LIVE, WorldMismatchError, require_drill, require_live

NOW = datetime(2026, 9, 1, tzinfo=UTC)
ENVELOPE = Envelope(
    "VPWW55",
    "t",
    Status.ACTUAL,
    InfoType.ISSUE,
    NOW,
    None,
    None,
    None,
    "o",
    "o",
    None,
    None,
    "h",
    None,
    None,
    None,
    "u",
)
READING = Reading("f", ENVELOPE, Outcome.LIVE, "r", hazards=frozenset({"heavy_rain"}))


@given(status=st.sampled_from(Status), outcome=st.sampled_from(Outcome), info_type=st.sampled_from(InfoType))
def test_r1_in_the_live_world_only_actual_telegrams_act(status, outcome, info_type):
    reading = replace(READING, outcome=outcome, envelope=replace(ENVELOPE, status=status, info_type=info_type))
    if may_act(LIVE, reading):
        assert status is Status.ACTUAL
        assert outcome in {Outcome.LIVE, Outcome.HOLD}


@pytest.mark.parametrize("outcome", [Outcome.DISPLAY, Outcome.IGNORE])
def test_what_is_only_shown_or_ignored_moves_nothing(outcome):
    assert not may_act(LIVE, replace(READING, outcome=outcome))
    assert not may_act(DRILL, replace(READING, outcome=outcome))


def test_a_drill_world_runs_actual_and_exercise_telegrams():
    exercise = replace(READING, outcome=Outcome.DRILL, envelope=replace(ENVELOPE, status=Status.EXERCISE))
    assert may_act(DRILL, READING)
    assert may_act(DRILL, exercise)


def test_r16_an_unknown_info_type_acts_nowhere():
    unknown = replace(READING, outcome=Outcome.HOLD, envelope=replace(ENVELOPE, info_type=InfoType.UNKNOWN))
    assert not may_act(LIVE, unknown)
    assert not may_act(DRILL, unknown)


def test_r16_an_unknown_status_acts_nowhere():
    unknown = replace(READING, envelope=replace(ENVELOPE, status=Status.UNKNOWN))
    assert not may_act(LIVE, unknown)
    assert not may_act(DRILL, unknown)
    assert not may_act(LIVE, replace(READING, envelope=None))


def test_r1_each_world_refuses_what_belongs_to_the_other():
    with pytest.raises(WorldMismatchError):
        require_live(DRILL)
    with pytest.raises(WorldMismatchError):
        require_drill(LIVE)
    assert require_live(LIVE) is LIVE
    assert require_drill(DRILL) is DRILL
