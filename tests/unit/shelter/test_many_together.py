"""What a change of many places does to each: nobody is called to a full, an unusable or an unfit one by the way."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.shelter.fitness import INVITING, is_to_be_decided, lacking
from alerts.shelter.needs import Needs
from alerts.shelter.opening import TRANSITIONS, TRUSTED_FOR, Opening, OpeningState
from alerts.shelter.together import Fate, turn

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
STATES = st.sampled_from(OpeningState)
LACKS = st.sampled_from([(), ("landslide",), ("flood", "landslide")])


def opening(state: OpeningState, age: timedelta = timedelta(0)) -> Opening:
    return Opening("F1", state, NOW - age, "office", by_office=True, version=3)


def fate(state: OpeningState | None, to: OpeningState, *lacks: str, age: timedelta = timedelta(0)) -> Fate:
    return turn("F1", opening(state, age) if state else None, to, lacks, NOW).fate


@pytest.mark.parametrize(
    ("state", "to", "expected"),
    [
        (None, OpeningState.OPEN, Fate.CHANGES),
        (OpeningState.CLOSED, OpeningState.OPEN, Fate.CHANGES),
        (OpeningState.OPEN, OpeningState.OPEN, Fate.STANDS),
        (OpeningState.FULL, OpeningState.OPEN, Fate.STANDS),
        (OpeningState.UNUSABLE, OpeningState.OPEN, Fate.LEFT),
        (OpeningState.UNUSABLE, OpeningState.OPENING, Fate.LEFT),
        (OpeningState.UNUSABLE, OpeningState.CLOSED, Fate.LEFT),
        (None, OpeningState.CLOSED, Fate.LEFT),
        (None, OpeningState.NOT_OPENED, Fate.STANDS),
        (OpeningState.OPEN, OpeningState.OPENING, Fate.LEFT),
        (OpeningState.FULL, OpeningState.CLOSED, Fate.CHANGES),
    ],
)
def test_each_place_has_its_fate(state, to, expected):
    assert fate(state, to) is expected


def test_an_unfit_place_opens_by_a_decision_alone_and_closes_without_one():
    assert fate(None, OpeningState.OPEN, "landslide") is Fate.DECIDED
    assert fate(None, OpeningState.OPENING, "landslide") is Fate.DECIDED
    assert fate(OpeningState.OPEN, OpeningState.CLOSED, "landslide") is Fate.CHANGES
    assert fate(OpeningState.OPEN, OpeningState.OPEN, "landslide") is Fate.STANDS


def test_what_was_said_too_long_ago_is_said_again():
    assert fate(OpeningState.OPEN, OpeningState.OPEN, age=TRUSTED_FOR + timedelta(seconds=1)) is Fate.CHANGES
    assert fate(OpeningState.OPEN, OpeningState.OPEN, age=TRUSTED_FOR) is Fate.STANDS


@given(STATES, STATES, LACKS, st.booleans())
def test_only_a_possible_change_is_made_and_no_unfit_place_invites_by_itself(state, to, lacks, is_old):
    made = turn("F1", opening(state, TRUSTED_FOR * 2 if is_old else timedelta(0)), to, lacks, NOW)
    if made.fate in {Fate.CHANGES, Fate.DECIDED}:
        assert to is state or to in TRANSITIONS[state]
        assert state is not OpeningState.UNUSABLE or to is state
    if made.fate is Fate.CHANGES and to is not state:
        assert not (lacks and to in INVITING)
    assert (made.seen, made.was) == (3, state)


@given(STATES, STATES)
def test_who_calls_nobody_or_changes_nothing_decides_nothing(before, to):
    assert not is_to_be_decided(before, to, ())
    assert is_to_be_decided(before, to, ("landslide",)) == (to in INVITING and to is not before)


def test_also_what_no_place_is_designated_for_is_lacking():
    needs = Needs(designations=("flood", "landslide"), without_site=("tsunami",))
    assert lacking(("flood", "earthquake"), needs) == ("landslide", "tsunami")
    assert lacking((), Needs((), ())) == ()
