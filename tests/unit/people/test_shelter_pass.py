"""A pass is good for a day, reports its own places, and says what its buttons offer."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.people.shelter_pass import LIFETIME, PassState, ShelterPass
from alerts.shelter.opening import TRANSITIONS, WITH_PEOPLE, Opening, OpeningState
from alerts.shelter.report import KEEP, refusal
from api.office.forms import Fields
from api.office.passes.choices import choices, steps
from api.office.passes.said import said
from api.office.passes.words import FAULTS, STATES, STATUSES

NOON = datetime(2026, 9, 1, 3, tzinfo=UTC)
PASS = ShelterPass("ab12cd34", "live", "北条小学校 受付", ("E2721800042",), "sato", NOON, NOON + LIFETIME)


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(0), PassState.WAITING),
        (timedelta(hours=24) - timedelta(microseconds=1), PassState.WAITING),
        (timedelta(hours=24), PassState.OVER),
        (timedelta(seconds=-1), PassState.OVER),  # the clock was turned back
    ],
)
def test_a_pass_is_good_for_a_day(after, state):
    assert PASS.state(NOON + after) is state


def test_it_reports_its_own_places_and_is_told_apart_from_another_one_of_its_label():
    assert PASS.reporter.may_report("E2721800042")
    assert not PASS.reporter.may_report("E2721800043")
    assert PASS.reporter.name == "北条小学校 受付 (shelter ab12)"


def standing(state, people=None):
    return Opening("E2721800042", state, NOON, "office", by_office=True, version=3, occupancy=people)


@pytest.mark.parametrize("state", OpeningState)
def test_the_page_offers_exactly_what_is_taken(state):
    before = standing(state)
    for one in choices(before):
        fields = Fields({"facility": (before.facility,), "seen": ("3",), "state": (str(one.state),)})
        assert one.is_allowed == (refusal(before, said(fields)) is None), one
    offered = {one.state for one in choices(before) if one.is_allowed}
    assert offered >= TRANSITIONS[state]
    assert bool(steps(before)) == (state in WITH_PEOPLE)


@pytest.mark.parametrize(
    ("people", "offered"), [(None, [0, 0, 1, 10]), (7, [0, 6, 8, 17]), (100_000, [99_990, 99_999, 100_000, 100_000])]
)
def test_a_step_holds_the_number_and_never_leaves_what_can_be(people, offered):
    assert [step.people for step in steps(standing(OpeningState.OPEN, people))] == offered


@pytest.mark.parametrize(("typed", "count"), [("12", 12), ("１２", 12), (" 0 ", 0)])
def test_numbers_are_read_from_any_keyboard(typed, count):
    report = said(Fields({"facility": ("E2721800042",), "seen": ("0",), "people": (typed,)}))
    assert (report.occupancy, report.state) == (count, KEEP)


@pytest.mark.parametrize(
    "fields",
    [{}, {"seen": "1"}, {"state": "open"}, {"seen": "1", "state": "burning"}]
    + [{"seen": "1", "people": people} for people in ("-1", "1.5", "many", "1234567")],
)
def test_what_is_no_report_is_none(fields):
    assert said(Fields({name: (text,) for name, text in fields.items()})) is None


def test_every_state_and_every_refusal_has_words():
    assert set(STATES) == set(OpeningState)
    assert set(FAULTS) == set(STATUSES)
    assert all(sentence.endswith("。") for sentence in FAULTS.values())
