"""Who is told, who is not, and why (design.md §3-4)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.audience import Recipient, Verdict, Why, judge
from alerts.home import WHOLE_CITY, Places, tier_of

NOW = datetime(2026, 9, 1, tzinfo=UTC)
HILLS, PLAIN = frozenset({"hill-1", "hill-2"}), frozenset({"plain-1"})
IN_HILLS, IN_PLAIN = Places((HILLS,)), Places((PLAIN,))
TIERS = (Tier(HILLS, "landslide_hillside"), Tier(None))
REVISION = Revision(
    "a", 1, Change.ISSUE, "landslide", "49", 4, 4, "n", Urgency.CRITICAL, Scope.EVERYONE, TIERS, (), "t",
    NOW, NOW, NOW, True, "r",
)  # fmt: skip
PHONE = Recipient(1, WHOLE_CITY, normal_pushes=False, told_before=False)


@pytest.mark.parametrize(
    ("recipient", "revision", "expected"),
    [
        (replace(PHONE, places=IN_HILLS), REVISION, Verdict(True, 0, Why.DISTRICT)),
        (replace(PHONE, places=IN_PLAIN), REVISION, Verdict(True, 1, Why.WHOLE_CITY)),
        (PHONE, REVISION, Verdict(True, 1, Why.WHOLE_CITY)),
        (PHONE, replace(REVISION, urgency=Urgency.NORMAL), Verdict(False, 1, Why.OPTED_OUT)),
        (
            replace(PHONE, places=IN_PLAIN),
            replace(REVISION, tiers=(Tier(HILLS),)),
            Verdict(False, 0, Why.OTHER_DISTRICT),
        ),
        (PHONE, replace(REVISION, tiers=(Tier(HILLS),)), Verdict(True, 0, Why.DISTRICT)),
        (PHONE, replace(REVISION, scope=Scope.RECEIVERS, tiers=(Tier(None),)), Verdict(False, 0, Why.NEVER_TOLD)),
        (
            replace(PHONE, told_before=True),
            replace(REVISION, scope=Scope.RECEIVERS, tiers=(Tier(None),), urgency=Urgency.NORMAL),
            Verdict(True, 0, Why.GOT_EARLIER),
        ),
    ],
)
def test_each_device_gets_the_verdict_of_its_districts_and_choices(recipient, revision, expected):
    assert judge(recipient, revision) == expected


LOWERED = (Tier(HILLS), Tier(frozenset()), Tier(None, lowered=True))


def test_who_is_told_less_urgently_may_have_opted_out_and_who_cannot_be_placed_may_not():
    told = replace(REVISION, tiers=LOWERED, urgency=Urgency.HIGH)
    assert judge(replace(PHONE, places=IN_PLAIN), told) == Verdict(False, 2, Why.OPTED_OUT)
    assert judge(PHONE, told) == Verdict(True, 1, Why.DISTRICT)
    assert [told.urgency_in(tier) for tier in range(3)] == [Urgency.HIGH, Urgency.HIGH, Urgency.NORMAL]
    assert replace(told, urgency=Urgency.NONE).urgency_in(2) is Urgency.NONE


def test_a_phone_with_two_places_is_told_with_the_more_exposed_one():
    assert tier_of(HILLS | PLAIN, TIERS) == 0


districts = st.frozensets(st.sampled_from([f"d{i}" for i in range(6)]))
tiers = st.lists(districts.filter(bool).map(Tier), max_size=4).map(lambda named: (*named, Tier(None)))


@given(districts, tiers)
def test_with_a_tier_for_the_rest_nobody_is_left_out(home, tiers):
    assert tier_of(home, tiers) is not None


@given(districts, tiers)
def test_nobody_is_told_twice_by_one_revision(home, tiers):
    tier = tier_of(home, tiers)
    earlier = [t for t in tiers[: tier or 0] if t.districts and t.districts & home]
    assert not home or earlier == []
