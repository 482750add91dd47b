"""Whom a revision concerns, for any list and any history (R1, R5, R19)."""

from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change, Scope, Tier, Urgency
from alerts.channel.audience import tier_for, tier_in_replay

PLACES = ("a", "b", "c")
districts = st.frozensets(st.sampled_from(PLACES))
tiers = st.lists(
    st.builds(Tier, st.none() | st.frozensets(st.sampled_from(PLACES), min_size=1), lowered=st.booleans()),
    min_size=1,
    max_size=3,
).map(tuple)
urgencies = st.sampled_from([Urgency.CRITICAL, Urgency.HIGH, Urgency.NORMAL])
anything = {
    "of": districts,
    "minimum": urgencies,
    "urgency": urgencies,
    "change": st.sampled_from(Change),
    "scope": st.sampled_from(Scope),
    "tiers": tiers,
    "told": st.booleans(),
    "owed": st.booleans(),
}


def judged(revision, subscriber, of, minimum, urgency, change, scope, tiers, told, owed):
    said = revision(urgency=urgency, change=change, scope=scope, tiers=tiers)
    return tier_for(subscriber(districts=of, minimum=minimum), said, told=told, owed=owed), said


@given(**anything)
def test_r5_an_end_or_a_retraction_goes_to_exactly_those_who_were_told(revision, subscriber, **case):
    tier, said = judged(revision, subscriber, **case)
    if said.change in {Change.END, Change.RETRACT}:
        assert (tier is not None) is case["told"]


@given(**anything)
def test_r5_a_revision_for_receivers_reaches_nobody_whom_nothing_concerned(revision, subscriber, **case):
    tier, said = judged(revision, subscriber, **case)
    if said.scope is Scope.RECEIVERS and not case["told"] and not case["owed"]:
        assert tier is None


@given(**anything)
def test_a_tier_that_is_told_is_one_of_the_revision(revision, subscriber, **case):
    tier, said = judged(revision, subscriber, **case)
    assert tier is None or 0 <= tier < len(said.tiers)


@given(**anything)
def test_what_is_less_urgent_than_wanted_reaches_nobody_who_heard_nothing(revision, subscriber, **case):
    tier, said = judged(revision, subscriber, **case)
    if tier is not None and not case["told"] and not case["owed"]:
        assert said.urgency_in(tier).precedence <= case["minimum"].precedence


@given(**anything)
def test_who_wants_the_whole_city_misses_nothing_urgent(revision, subscriber, **case):
    """R7: who named no district is not left out because others are told first."""
    case |= {"of": frozenset(), "minimum": Urgency.NORMAL, "scope": Scope.EVERYONE}
    tier, said = judged(revision, subscriber, **case)
    if said.change not in {Change.END, Change.RETRACT}:
        assert tier is not None


def test_a_replay_says_an_end_only_after_something_that_concerned(revision, subscriber):
    quiet = revision(urgency=Urgency.NORMAL)
    loud = revision(number=2, change=Change.RAISE)
    end = revision(number=3, change=Change.END, urgency=Urgency.NORMAL, scope=Scope.RECEIVERS)
    unpushed = revision(number=4, pushed=False)
    assert tier_in_replay(subscriber(), [quiet]) is None
    assert tier_in_replay(subscriber(), [quiet, end]) is None
    assert tier_in_replay(subscriber(), [quiet, loud, end]) == 0
    assert tier_in_replay(subscriber(), [quiet, loud, unpushed]) is None
