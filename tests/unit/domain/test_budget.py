"""The noise budget holds back what is ordinary and above the ceiling, and nothing else (requirements.md lead 15)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.audience import UNPLACED
from alerts.budget import Heard, held_back, hour_of, is_ordinary
from alerts.times import JST

AT = datetime(2026, 9, 1, 3, 25, tzinfo=UTC)
DISTRICTS = ("d1", "d2", "d3")
EVERYWHERE = frozenset({*DISTRICTS, UNPLACED})
PLAIN = Revision(
    "a", 1, Change.ISSUE, "thunder", "14", None, 2, "n", Urgency.NORMAL, Scope.EVERYONE, (Tier(None),), (), "t",
    AT, AT, AT, True, "r",
)  # fmt: skip

named = st.frozensets(st.sampled_from(DISTRICTS), min_size=1).map(lambda ids: (Tier(ids),))
ordinary = (named | st.just((Tier(None),))).map(lambda tiers: replace(PLAIN, tiers=tiers))


@given(st.lists(ordinary, max_size=12), st.integers(1, 4))
def test_no_district_hears_more_at_once_in_an_hour_than_the_ceiling(pushes, ceiling):
    hour = []
    for push in pushes:
        hour.append(Heard(push, held_back(push, hour, DISTRICTS, ceiling)))
    for district in DISTRICTS:
        told = [one for one in hour if _concerns(one.revision, district) and district not in one.held_back]
        wanted = [one for one in hour if _concerns(one.revision, district)]
        assert len(told) == min(ceiling, len(wanted))
        assert told == wanted[:ceiling], "the first are told"


def _concerns(revision, district):
    return any(tier.districts is None or district in tier.districts for tier in revision.tiers)


@pytest.mark.parametrize(
    "changed",
    [
        {"urgency": Urgency.HIGH},
        {"urgency": Urgency.CRITICAL},
        {"change": Change.CORRECT},
        {"change": Change.RETRACT, "scope": Scope.RECEIVERS},
        {"change": Change.END, "scope": Scope.RECEIVERS},
        {"change": Change.LOWER},
        {"scope": Scope.RECEIVERS},
        {"pushed": False, "urgency": Urgency.NONE},
    ],
)
def test_what_is_not_ordinary_never_waits(changed):
    full = [Heard(PLAIN)] * 10
    assert held_back(PLAIN, full, DISTRICTS, 1) == EVERYWHERE
    assert held_back(replace(PLAIN, **changed), full, DISTRICTS, 1) == frozenset()
    assert not is_ordinary(replace(PLAIN, **changed))


def test_what_was_held_back_does_not_count_as_heard():
    hour = [Heard(PLAIN, frozenset({"d1"}))]
    assert held_back(PLAIN, hour, DISTRICTS, 1) == EVERYWHERE - {"d1"}


def test_the_hour_is_that_of_the_clock_in_japan():
    assert hour_of(AT).astimezone(JST) == datetime(2026, 9, 1, 12, 0, tzinfo=JST)
