"""What decided: exactly one ground for every record that can be, and never `told` where nothing says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.audience import Recipient, judge
from alerts.category import Category
from alerts.home import Places
from alerts.ports import PushResult
from alerts.preferences import LEVELS, Preferences
from alerts.quiet import Quiet
from alerts.why.device import DeviceCase, device_ground
from alerts.why.district import district_ground
from alerts.why.ground import Ground, Turn, quiet_ground, told
from alerts.why.rule import Order, rule_used

AT = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
TIERS = (Tier(frozenset({"hill"}), "landslide_hillside"), Tier(None))
ALL_NAMED = (Tier(frozenset({"hill"})),)

REASONS = [*map(str, Quiet), *(f"{quiet}; not narrowed, the pack does not know 蔵岡" for quiet in Quiet), "older words"]

times = st.integers(-30, 30).map(lambda minutes: AT + timedelta(minutes=minutes))
turns = st.lists(
    st.builds(Turn, st.integers(0, 1), st.booleans(), st.booleans(), st.none() | times), max_size=3
)  # not every one of them can be stored; none may be answered wrongly


REVISION = Revision(
    alert_id="a1",
    number=2,
    change=Change.ISSUE,
    hazard="landslide",
    code="49",
    level=4,
    rank=4,
    name="レベル４土砂災害危険警報",
    urgency=Urgency.CRITICAL,
    scope=Scope.EVERYONE,
    tiers=TIERS,
    details=(),
    telegram_id="t1",
    issued_at=AT,
    created_at=AT,
    expires_at=AT + timedelta(hours=6),
    pushed=True,
    reason="because",
)


@st.composite
def revisions(draw) -> Revision:
    pushed = draw(st.booleans())
    return replace(
        REVISION,
        urgency=draw(st.sampled_from([Urgency.CRITICAL, Urgency.NORMAL])) if pushed else Urgency.NONE,
        scope=draw(st.sampled_from(Scope)),
        tiers=draw(st.sampled_from([TIERS, ALL_NAMED])),
        pushed=pushed,
        reason="because" if pushed else draw(st.sampled_from(REASONS)),
    )


parts = st.frozensets(st.sampled_from(["hill", "plain"]), max_size=2)
followed = st.just(()) | st.tuples(st.tuples(st.just(0), parts))
homes = st.builds(Places, st.tuples(parts) | st.tuples(parts, parts), followed)
choices = st.builds(Preferences, minimum_level=st.sampled_from(LEVELS), muted=st.frozensets(st.sampled_from(Category)))
cases = st.builds(
    DeviceCase,
    revision=revisions(),
    recipient=st.builds(Recipient, st.just(1), homes, st.booleans(), st.booleans(), choices),
    reachable=st.booleans(),
    changed_at=times,
    turns=turns,
    result=st.none() | st.sampled_from(PushResult),
)


@given(cases)
def test_told_only_where_the_outcome_says_so(case):
    assert (told(device_ground(case)) is True) == (case.result is PushResult.ACCEPTED)


@given(cases)
def test_without_an_outcome_a_quiet_revision_and_a_missing_turn_are_said_as_they_are(case):
    ground = device_ground(case)
    if case.result is None and not case.revision.pushed:
        assert ground in {*(Ground[quiet.name] for quiet in Quiet), Ground.QUIET}
    elif case.result is None and not case.turns:
        assert ground is Ground.REGISTERED_LATER


@given(cases)
def test_a_choice_is_named_only_if_it_was_not_changed_after_the_turn(case):
    if device_ground(case) in {Ground.OPTED_OUT, Ground.OTHER_DISTRICT, Ground.NEVER_TOLD}:
        closed = [turn.closed_at for turn in case.turns if turn.closed_at]
        is_open = len(closed) < len(case.turns)
        assert not judge(case.recipient, case.revision).receives
        assert is_open or case.changed_at <= max(closed)


@given(revisions(), turns, st.lists(st.sampled_from(PushResult), max_size=3))
def test_a_district_is_told_only_if_its_turn_was_taken(revision, turns, results):
    ground = district_ground(revision, "hill", turns, results)
    if told(ground):
        assert revision.pushed
        assert all(turn.closed_at for turn in turns if turn.tier == 0)
        assert not results or {PushResult.ACCEPTED, PushResult.SENDING} & set(results)


@pytest.mark.parametrize("quiet", Quiet)
@pytest.mark.parametrize("more", ["", "; not narrowed, the pack does not know 蔵岡"])
def test_what_kept_a_revision_quiet_is_read_from_its_own_words(quiet, more):
    quiet_revision = replace(REVISION, pushed=False, reason=f"{quiet}{more}")
    assert quiet_ground(quiet_revision) is Ground[quiet.name]


@pytest.mark.parametrize(
    ("tier", "scope", "version", "order"),
    [
        (Tier(frozenset({"hill"}), "landslide_hillside", rule="landslide"), Scope.EVERYONE, 3, Order.RULE),
        (Tier(None, rule="landslide"), Scope.EVERYONE, 3, Order.RULE),
        (Tier(frozenset({"hill"}), "flood_named", level=4), Scope.EVERYONE, 3, Order.BY_TELEGRAM),
        (Tier(frozenset({"hill"}), "flood_named", level=4), Scope.EVERYONE, 0, Order.BY_TELEGRAM),
        (Tier(None), Scope.EVERYONE, 3, Order.NO_RULE),
        (Tier(None), Scope.EVERYONE, 0, Order.NOT_RECORDED),
        (Tier(None), Scope.RECEIVERS, 3, Order.FOLLOWS),
    ],
    ids=[
        "a rule",
        "the rest of a rule",
        "JMA names it",
        "JMA names it, no rules",
        "no rule",
        "none recorded",
        "follows",
    ],
)
def test_what_put_a_tier_in_its_place(tier, scope, version, order):
    used = rule_used(replace(REVISION, tiers=(tier,), scope=scope, rules_version=version), 0)
    assert (used.order, used.rule, used.version) == (order, tier.rule, version)
