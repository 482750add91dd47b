"""What may be reported of a place after what, and what a report leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.shelter.opening import TRANSITIONS, TRUSTED_FOR, WITH_PEOPLE, Opening, OpeningState
from alerts.shelter.report import MOST_PEOPLE, OpeningReport, Reporter, after, refusal

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
OFFICE, STAFF = Reporter("office"), Reporter("北条小学校", frozenset({"F1"}))
STATES = st.sampled_from(OpeningState)


def opening(state: OpeningState, **known: object) -> Opening:
    return Opening("F1", state, NOW, "office", by_office=True, version=3, **known)


def test_every_state_has_its_row_and_can_be_left() -> None:
    assert set(TRANSITIONS) == set(OpeningState)
    assert all(allowed and state not in allowed for state, allowed in TRANSITIONS.items())


@pytest.mark.parametrize("state", OpeningState)
def test_to_say_a_state_again_confirms_it(state: OpeningState) -> None:
    later = NOW + timedelta(hours=2)
    report = OpeningReport("F1", 3, state=state)
    assert refusal(opening(state), report) is None
    assert after(opening(state), report, OFFICE, later).reported_at == later


@given(STATES, STATES)
def test_only_what_the_table_allows_is_taken(was: OpeningState, becomes: OpeningState) -> None:
    reason = refusal(opening(was), OpeningReport("F1", 3, state=becomes))
    assert (reason is None) == (becomes is was or becomes in TRANSITIONS[was])
    assert reason is None or (f"is {was} cannot become {becomes}" in reason)


def test_what_was_unusable_is_never_open_in_one_step() -> None:
    assert refusal(opening(OpeningState.UNUSABLE), OpeningReport("F1", 3, state=OpeningState.OPEN))


@given(STATES, st.integers(-10, MOST_PEOPLE + 10))
def test_people_are_counted_only_where_there_can_be_some(state: OpeningState, people: int) -> None:
    reason = refusal(opening(state), OpeningReport("F1", 3, occupancy=people))
    assert (reason is None) == (state in WITH_PEOPLE and 0 <= people <= MOST_PEOPLE)


def test_the_number_of_people_ends_when_a_place_closes() -> None:
    before = opening(OpeningState.FULL, occupancy=120, occupancy_at=NOW, pets="屋外の専用場所")
    closed = after(before, OpeningReport("F1", 3, state=OpeningState.CLOSED), OFFICE, NOW)
    assert (closed.occupancy, closed.occupancy_at, closed.pets) == (None, None, "屋外の専用場所")


def test_what_is_not_said_stays_and_what_is_said_to_be_unknown_goes() -> None:
    before = opening(OpeningState.OPEN, floor="２階以上", note="駐車場は使えません")
    now = after(before, OpeningReport("F1", 3, note=None, capacity=80), STAFF, NOW + timedelta(hours=1))
    assert (now.floor, now.note, now.capacity, now.version) == ("２階以上", None, 80, 4)
    assert (now.reporter, now.by_office, now.reported_at) == ("北条小学校", False, NOW)


def test_who_counts_people_confirms_the_state() -> None:
    later = NOW + timedelta(hours=20)
    counted = after(opening(OpeningState.OPEN), OpeningReport("F1", 3, occupancy=7), STAFF, later)
    assert (counted.reported_at, counted.occupancy_at) == (later, later)
    assert not counted.is_old_at(later + TRUSTED_FOR)
    assert counted.is_old_at(later + TRUSTED_FOR + timedelta(seconds=1))


def test_who_only_takes_the_number_back_does_not_confirm_that_the_door_is_open() -> None:
    later = NOW + timedelta(hours=30)
    now = after(opening(OpeningState.OPEN, occupancy=7), OpeningReport("F1", 3, occupancy=None), STAFF, later)
    assert (now.reported_at, now.occupancy) == (NOW, None)
    assert now.is_old_at(later)


def test_staff_report_their_own_place_and_the_office_every_place() -> None:
    assert [STAFF.may_report("F1"), STAFF.may_report("F2"), OFFICE.may_report("F2")] == [True, False, True]
