"""Where people are sent, and where they are told not to go."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelter_samples import ALL, HERE, NOW, a_site, an_opening, in_force

from alerts.shelter.advice import NEAR_METRES, Advice, Reason, advise
from alerts.shelter.needs import DESIGNATIONS, INDOORS, needs_of
from alerts.shelter.opening import TRUSTED_FOR, OpeningState
from alerts.shelter.site import SITE_HAZARDS, SiteKind
from alerts.telegram import kinds

METRE = 1 / 111_195


def advice_for(sites, openings, *states, asked=()) -> Advice:
    return advise(sites, {each.facility: each for each in openings}, needs_of(states, asked, sites), HERE, NOW)


def ids(judged) -> list[str]:
    return [each.site.id for each in judged]


def north(site_id, metres, **changes):
    return a_site(site_id, latitude=HERE[0] + metres * METRE, **changes)


FIT = north("E9920100001201", 600)
UNFIT = north("E9920100002201", 100, hazards=("flood",))


def test_every_hazard_that_jma_can_state_is_in_the_table():
    assert {kind.hazard for kind in kinds.table().values()} <= DESIGNATIONS.keys()
    assert {need for needs in DESIGNATIONS.values() for need in needs} <= SITE_HAZARDS.keys()
    assert all(DESIGNATIONS[hazard] == () for hazard in INDOORS)


def test_the_near_place_that_is_not_designated_is_named_with_the_hazard_it_lacks():
    found = advice_for([UNFIT, FIT], [an_opening(FIT), an_opening(UNFIT)], in_force("landslide"))
    assert ids(found.recommended) == [FIT.id]
    (avoided,) = found.avoid
    assert (avoided.site, avoided.reasons, avoided.lacks) == (UNFIT, (Reason.NOT_DESIGNATED,), ("landslide",))


def test_the_same_place_is_recommended_for_the_hazard_it_is_designated_for():
    found = advice_for([UNFIT, FIT], [an_opening(FIT), an_opening(UNFIT)], in_force("river_flood"))
    assert ids(found.recommended) == [UNFIT.id, FIT.id]


def test_all_hazards_in_force_count_together():
    found = advice_for(
        [UNFIT, FIT], [an_opening(FIT), an_opening(UNFIT)], in_force("landslide"), in_force("river_flood")
    )
    assert ids(found.recommended) == [FIT.id]
    assert found.needs.designations == ("flood", "landslide")


@pytest.mark.parametrize(
    ("state", "reason"),
    [(OpeningState.FULL, Reason.FULL), (OpeningState.CLOSED, Reason.CLOSED), (OpeningState.UNUSABLE, Reason.UNUSABLE)],
)
def test_a_place_that_takes_nobody_is_to_be_avoided(state, reason):
    found = advice_for([FIT], [an_opening(FIT, state)], in_force("landslide"))
    assert (ids(found.recommended), ids(found.not_confirmed)) == ([], [])
    assert [each.reasons for each in found.avoid] == [(reason,)]


@pytest.mark.parametrize(("people", "is_full"), [(199, False), (200, True), (450, True)])
def test_a_place_with_as_many_people_as_it_takes_is_full_whatever_its_state_says(people, is_full):
    counted = replace(an_opening(FIT), occupancy=people, capacity=200)
    found = advice_for([FIT], [counted], in_force("landslide"))
    assert ids(found.recommended) == ([] if is_full else [FIT.id])
    assert [each.reasons for each in found.avoid] == ([(Reason.FULL,)] if is_full else [])


def test_the_room_that_the_list_of_places_names_counts_where_nobody_said_another():
    roomy = replace(FIT, capacity=100)
    found = advice_for([roomy], [replace(an_opening(roomy), occupancy=100)], in_force("landslide"))
    assert found.recommended == ()


@pytest.mark.parametrize(
    ("openings", "reason"),
    [
        ([], Reason.NOT_REPORTED),
        ([an_opening(FIT, OpeningState.NOT_OPENED)], Reason.NOT_OPENED),
        ([an_opening(FIT, OpeningState.OPENING)], Reason.OPENING),
    ],
)
def test_a_fit_place_that_is_not_known_to_be_open_stands_apart(openings, reason):
    found = advice_for([FIT], openings, in_force("landslide"))
    assert found.recommended == found.avoid == ()
    assert [each.reasons for each in found.not_confirmed] == [(reason,)]


def test_r8_a_record_left_open_from_another_day_sends_nobody():
    """港区 2024-07-12: a shelter opened twelve days before was told as open."""
    left = an_opening(FIT, at=NOW - timedelta(days=12))
    found = advice_for([FIT], [left], in_force("landslide"))
    assert found.recommended == ()
    assert [each.reasons for each in found.not_confirmed] == [(Reason.OLD_REPORT,)]


def test_r8_no_closed_place_is_named_among_the_open_ones():
    """玄海町 2023-06-30: closed shelters were listed."""
    other = north("E9920100003201", 50)
    found = advice_for([FIT, other], [an_opening(FIT), an_opening(other, OpeningState.CLOSED)], in_force("landslide"))
    assert ids(found.recommended) == [FIT.id]


@pytest.mark.parametrize(("hazard", "site_hazard"), [("tsunami", "tsunami"), ("storm_surge", "storm_surge")])
def test_for_what_the_city_has_no_place_nothing_is_recommended(hazard, site_hazard):
    found = advice_for([FIT], [an_opening(FIT)], in_force(hazard, rank=4))
    assert (found.needs.without_site, found.recommended, found.not_confirmed) == ((site_hazard,), (), ())
    assert [each.lacks for each in found.avoid] == [(site_hazard,)]


def test_a_place_for_one_hazard_says_for_which_other_the_city_has_none():
    found = advice_for([FIT], [an_opening(FIT)], in_force("landslide"), in_force("tsunami", rank=3))
    (recommended,) = found.recommended
    assert recommended.uncovered == ("tsunami",)


def test_a_shelter_to_stay_in_is_no_place_to_flee_to():
    stay = north("E9920100004111", 10, kind=SiteKind.SHELTER, hazards=())
    found = advice_for([FIT, stay], [an_opening(FIT), an_opening(stay)], in_force("landslide"))
    assert ids(found.recommended) == [FIT.id]
    assert [each.reasons for each in found.avoid] == [(Reason.SHELTER_ONLY,)]


def test_the_shelter_of_a_facility_with_an_emergency_site_is_the_same_door():
    stay = north("E9920100001111", 610, kind=SiteKind.SHELTER, hazards=())
    assert ids(advice_for([FIT, stay], [an_opening(FIT)], in_force("landslide")).avoid) == []


@pytest.mark.parametrize(
    "states",
    [(), (in_force("earthquake", rank=3),), (in_force("thunder", rank=2),), (in_force("landslide", rank=1),)],
    ids=["nothing", "震度３", "雷注意報", "lower than an advisory"],
)
def test_with_nothing_to_flee_from_nobody_is_sent_anywhere(states):
    found = advice_for([FIT], [an_opening(FIT)], *states)
    assert found.needs.is_calm
    assert found.recommended == found.not_confirmed == found.avoid == ()


def test_in_a_storm_people_stay_inside():
    storm = in_force("storm", code="05", name="暴風警報")
    found = advice_for([FIT], [an_opening(FIT)], storm)
    assert (found.needs.indoors, found.recommended) == ((storm,), ())
    assert not found.needs.is_calm


def test_what_somebody_asks_for_counts_besides_what_is_in_force():
    park = north("E9920100005201", 300, hazards=("large_fire", "landslide"))
    found = advice_for([FIT, park], [an_opening(FIT), an_opening(park)], in_force("landslide"), asked=("large_fire",))
    assert ids(found.recommended) == [park.id]


def test_a_hazard_that_the_table_does_not_know_is_no_calm():
    found = advice_for([FIT], [an_opening(FIT)], in_force("meteorite"))
    assert (found.needs.is_calm, found.recommended) == (False, ())


def test_far_unfit_places_are_not_told():
    far = north("E9920100006201", NEAR_METRES * 3, hazards=("flood",))
    assert advice_for([FIT, far], [an_opening(FIT)], in_force("landslide")).avoid == ()


HAZARDS = st.lists(st.sampled_from(ALL), unique=True, max_size=8).map(tuple)
REPORTS = st.none() | st.tuples(st.sampled_from(OpeningState), st.integers(0, 72))


@st.composite
def nights(draw):
    sites, openings = [], []
    for number, (hazards, report, metres) in enumerate(
        draw(st.lists(st.tuples(HAZARDS, REPORTS, st.integers(0, 4_000)), max_size=8))
    ):
        sites.append(north(f"E99201{number:05}201", metres, hazards=hazards))
        if report:
            openings.append(an_opening(sites[-1], report[0], at=NOW - timedelta(hours=report[1])))
    states = [
        in_force(hazard, rank)
        for hazard, rank in draw(
            st.lists(st.tuples(st.sampled_from(sorted(DESIGNATIONS)), st.integers(1, 5)), max_size=4)
        )
    ]
    return sites, openings, states


@given(nights())
def test_nobody_is_ever_sent_to_an_unfit_closed_full_or_unconfirmed_place(night):
    sites, openings, states = night
    known = {each.facility: each for each in openings}
    found = advice_for(sites, openings, *states)
    for each in found.recommended:
        opening = known[each.site.facility]
        assert set(found.needs.designations) <= set(each.site.hazards)
        assert opening.state is OpeningState.OPEN
        assert NOW - opening.reported_at <= TRUSTED_FOR
    for each in found.not_confirmed:
        assert set(found.needs.designations) <= set(each.site.hazards)
        assert each.site.facility not in known or known[each.site.facility].state not in {
            OpeningState.FULL,
            OpeningState.CLOSED,
            OpeningState.UNUSABLE,
        }
    assert all(each.reasons for each in (*found.not_confirmed, *found.avoid))


@given(nights())
def test_a_fit_open_place_is_never_left_out_for_a_farther_one(night):
    sites, openings, states = night
    found = advice_for(sites, openings, *states)
    for listed in (found.recommended, found.not_confirmed, found.avoid):
        assert [each.metres for each in listed] == sorted(each.metres for each in listed)
    usable = [
        site
        for site in sites
        if found.needs.designations
        and set(found.needs.designations) <= set(site.hazards)
        and any(o.facility == site.facility and o.state is OpeningState.OPEN and not o.is_old_at(NOW) for o in openings)
    ]
    assert set(ids(found.recommended)) == {site.id for site in usable}
