"""What residents choose withholds news and sounds, and never what is critical or follows what they were told."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.audience import Recipient, Terms, Why, judge
from alerts.category import HAZARDS, Category, category_of
from alerts.home import WHOLE_CITY, Concern, Places, concern_of, tier_among, tier_of
from alerts.preferences import DAY_MINUTES, LEVELS, NO_CHOICE, Preferences, QuietHours
from alerts.store import preference_text
from alerts.telegram.kinds import all_kinds
from alerts.times import JST

AT = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
HILLS, PLAIN = frozenset({"hill-1", "hill-2"}), frozenset({"plain-1"})
TIERS = (Tier(HILLS, "landslide_hillside"), Tier(None))
NEWS = Revision(
    "a", 1, Change.ISSUE, "landslide", "09", 3, 3, "n", Urgency.HIGH, Scope.EVERYONE, TIERS, (), "t",
    AT, AT, AT, True, "r",
)  # fmt: skip
PHONE = Recipient(1, WHOLE_CITY, normal_pushes=True, told_before=False)

minutes = st.integers(0, DAY_MINUTES - 1)
hours = st.tuples(minutes, minutes).filter(lambda ends: ends[0] != ends[1]).map(lambda ends: QuietHours(*ends))
choices = st.builds(
    Preferences, st.none() | hours, st.booleans(), st.sampled_from(LEVELS), st.frozensets(st.sampled_from(Category))
)
moments = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda later: AT + later)
parts = st.frozensets(st.sampled_from(["hill-1", "hill-2", "plain-1", "plain-2"]))
places = st.builds(
    Places,
    st.lists(parts, min_size=1, max_size=3).map(tuple),
    st.lists(st.tuples(st.integers(0, 3), parts), max_size=3).map(tuple),
)
recipients = st.builds(Recipient, st.just(1), places, st.booleans(), st.booleans(), choices)
terms = st.builds(
    Terms,
    st.frozensets(st.sampled_from(Category)),
    st.frozensets(st.sampled_from(["", "hill-1", "hill-2", "plain-1", "plain-2"])),
)
tiers = st.sampled_from([TIERS, (Tier(None),), (Tier(HILLS), Tier(frozenset()), Tier(None, lowered=True))])


def at(clock: str) -> datetime:
    return datetime.combine(AT.date(), time.fromisoformat(clock), JST)


@pytest.mark.parametrize(
    ("start", "end", "clock", "expected"),
    [
        (22 * 60, 7 * 60, "22:00", True),
        (22 * 60, 7 * 60, "03:00", True),
        (22 * 60, 7 * 60, "06:59", True),
        (22 * 60, 7 * 60, "07:00", False),
        (22 * 60, 7 * 60, "21:59", False),
        (13 * 60, 14 * 60, "13:30", True),
        (13 * 60, 14 * 60, "14:00", False),
        (13 * 60, 14 * 60, "01:00", False),
    ],
)
def test_quiet_hours_hold_in_japan_also_past_midnight(start, end, clock, expected):
    assert QuietHours(start, end).hold(at(clock)) is expected
    assert QuietHours(start, end).hold(at(clock).astimezone(UTC)) is expected


@given(hours, moments)
def test_a_moment_is_in_quiet_hours_or_in_their_opposite(quiet, moment):
    assert quiet.hold(moment) != QuietHours(quiet.end, quiet.start).hold(moment)


@pytest.mark.parametrize(("start", "end"), [(60, 60), (-1, 60), (60, DAY_MINUTES)])
def test_quiet_hours_that_no_clock_shows_are_refused(start, end):
    with pytest.raises(ValueError, match="quiet hours"):
        QuietHours(start, end)


@given(choices, moments)
def test_what_is_critical_always_sounds_and_high_unless_switched_off(chosen, moment):
    assert not chosen.silence(Urgency.CRITICAL, moment)
    assert not replace(chosen, high_sounds=True).silence(Urgency.HIGH, moment)
    quiet = chosen.quiet is not None and chosen.quiet.hold(moment)
    assert replace(chosen, high_sounds=False).silence(Urgency.HIGH, moment) is quiet
    assert chosen.silence(Urgency.NORMAL, moment) is quiet


@given(choices)
def test_choices_are_stored_as_a_text_and_read_back(chosen):
    text = preference_text.written(chosen)
    assert len(text or "") <= preference_text.LONGEST
    assert preference_text.read(text) == chosen
    assert (text is None) is (chosen == NO_CHOICE)


def test_the_longest_choices_fit_their_column():
    text = preference_text.written(Preferences(QuietHours(1439, 1438), False, 4, frozenset(Category)))
    assert len(text or "") <= preference_text.LONGEST


def test_every_hazard_of_a_telegram_is_in_one_family():
    hazards = {hazard for hazard, _ in all_kinds()}
    assert {hazard for hazard in hazards if category_of(hazard) is None} == set()
    listed = [hazard for members in HAZARDS.values() for hazard in members]
    assert sorted(listed) == sorted(hazards)


@given(recipients, tiers, terms, st.sampled_from(sorted(hazard for members in HAZARDS.values() for hazard in members)))
def test_nothing_keeps_a_critical_push_away(recipient, tiers, terms, hazard):
    critical = replace(NEWS, urgency=Urgency.CRITICAL, level=4, tiers=tiers, hazard=hazard)
    assert judge(recipient, critical, terms).receives


@given(recipients, tiers, terms, st.sampled_from([Change.CORRECT, Change.RETRACT, Change.END, Change.LOWER]))
def test_r5_who_was_told_is_told_what_follows_whatever_was_chosen_since(recipient, tiers, terms, change):
    told = replace(recipient, told_before=True)
    later = replace(NEWS, change=change, tiers=tiers, urgency=Urgency.NORMAL)
    assert judge(told, later, terms).receives
    assert judge(told, replace(later, scope=Scope.RECEIVERS), terms).receives
    stranger = replace(recipient, told_before=False)
    assert not judge(stranger, replace(later, scope=Scope.RECEIVERS), terms).receives


@pytest.mark.parametrize(
    ("chosen", "revision", "why"),
    [
        (Preferences(muted=frozenset({Category.RAIN})), NEWS, Why.MUTED),
        (Preferences(muted=frozenset({Category.SNOW})), NEWS, Why.WHOLE_CITY),
        (Preferences(minimum_level=4), NEWS, Why.BELOW_LEVEL),
        (Preferences(minimum_level=3), NEWS, Why.WHOLE_CITY),
        (Preferences(minimum_level=3), replace(NEWS, level=2, urgency=Urgency.NORMAL), Why.BELOW_LEVEL),
        (Preferences(minimum_level=3), replace(NEWS, level=None, urgency=Urgency.NORMAL), Why.BELOW_LEVEL),
        (Preferences(minimum_level=3), replace(NEWS, hazard="storm", level=None), Why.WHOLE_CITY),
        (Preferences(minimum_level=4), replace(NEWS, hazard="an order of the city"), Why.WHOLE_CITY),
        (Preferences(minimum_level=4), replace(NEWS, change=Change.RAISE), Why.BELOW_LEVEL),
    ],
)  # fmt: skip
def test_choices_withhold_news_of_their_family_or_below_their_level(chosen, revision, why):
    assert judge(replace(PHONE, preferences=chosen), revision).why is why


def test_the_city_says_which_families_must_be_asked_for():
    ordinary, phone = replace(NEWS, urgency=Urgency.NORMAL, level=2), replace(PHONE, normal_pushes=False)
    assert judge(phone, ordinary).why is Why.OPTED_OUT
    assert judge(phone, ordinary, Terms(frozenset({Category.SNOW}))).receives


@given(places, tiers)
def test_who_has_several_places_is_told_of_the_most_exposed_of_them(homes, tiers):
    tier = tier_among(homes, tiers)
    assert tier is not None
    assert tier == min(tier_of(part, tiers) for part in homes.parts)


@given(places, tiers)
def test_a_push_says_which_places_it_is_about_and_names_them_where_there_are_others(homes, tiers):
    tier = tier_among(homes, tiers)
    concern = concern_of(homes, tiers, tier)
    assert concern.places or concern.follows
    assert all(tier_of(homes.own[number], tiers) == tier for number in concern.places)
    everywhere = all(tier_of(part, tiers) == tier for part in homes.parts)
    assert not (everywhere and concern.districts)
    assert all(tier_of(frozenset({district}), tiers) == tier for district in concern.districts)


def test_a_district_is_named_only_where_another_place_is_not_concerned():
    two = Places((PLAIN, HILLS))
    assert concern_of(two, TIERS, 0) == Concern((1,), (), ("hill-1", "hill-2"))
    assert concern_of(two, (Tier(None),), 0) == Concern((0, 1))
    assert concern_of(Places((PLAIN,), ((3, HILLS),)), TIERS, 0) == Concern((), (3,), ("hill-1", "hill-2"))


@given(recipients)
def test_only_who_has_a_place_there_or_is_in_no_district_hears_of_other_districts(recipient):
    named = replace(NEWS, tiers=(Tier(frozenset({"elsewhere"})),), urgency=Urgency.CRITICAL)
    receives = any(not part for part in recipient.places.parts)
    assert judge(recipient, named).receives is receives
