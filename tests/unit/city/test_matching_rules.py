"""Who is told first (design.md §4): most exposed first, nobody left out, nobody twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.city.district import Group
from alerts.city.matching import MatchingRules, Rule, Telling
from alerts.city.pack import CityPack

HAZARDS = ("landslide", "heavy_rain", "river_flood", "earthquake")


def test_landslides_are_told_on_the_hills_first_then_at_their_foot_then_elsewhere(daito: CityPack) -> None:
    hills, edge, rest = daito.matching.tiers("landslide", 4, "49")
    zone = {group.id: frozenset(group.districts) for group in daito.groups.values()}
    assert hills.districts == zone["hazard_zone:mountain"] | zone["hazard_zone:foothill"]
    assert edge.districts == zone["hazard_zone:foothill_edge"]
    assert rest.districts is None
    assert (hills.because, edge.because, rest.because) == ("landslide_hillside", "landslide_foothill_edge", None)


@pytest.mark.parametrize("hazard", ["heavy_rain", "river_flood"])
def test_flooding_is_told_in_the_lowland_first(daito: CityPack, hazard: str) -> None:
    lowland, edge, rest = daito.matching.tiers(hazard, 3, "03")
    assert lowland.districts == frozenset(daito.groups["hazard_zone:lowland"].districts)
    assert edge.districts == frozenset(daito.groups["hazard_zone:foothill_edge"].districts)
    assert rest.districts is None


@pytest.mark.parametrize("hazard", ["storm", "thunder", "earthquake", "tsunami", "tornado", "nankai_trough"])
def test_other_hazards_are_told_to_everybody_at_once(daito: CityPack, hazard: str) -> None:
    (tier,) = daito.matching.tiers(hazard, None, "1")
    assert (tier.districts, tier.because) == (None, None)


def test_the_first_hillside_district_comes_before_the_first_lowland_one(daito: CityPack) -> None:
    told = daito.matching.districts_of(daito.matching.tiers("landslide", 4, "49"))
    assert told is not None
    assert len(told) == 124
    assert set(told[:18]) >= {"27218-hojo-6"}
    assert "27218-akai-1" not in told[:29]


def test_the_first_rule_that_fits_decides() -> None:
    groups = {name: Group(name, "zone", name, name, (name,)) for name in ("a", "b")}
    rules = (rule("strong", "a", levels={4, 5}), rule("any", "b"))
    matching = MatchingRules(1, "", None, "", rules, groups, ("a", "b"))
    assert matching.tiers("landslide", 4, "49")[0].districts == {"a"}
    assert matching.tiers("landslide", 2, "29")[0].districts == {"b"}
    assert matching.because_keys == {"a first", "b first"}


def rule(name: str, group: str, *, levels: set[int] | None = None, codes: set[str] | None = None) -> Rule:
    return Rule(
        id=name,
        hazards=frozenset({"landslide"}),
        levels=frozenset(levels or ()),
        codes=frozenset(codes or ()),
        tell=(Telling((group,), f"{group} first"),),
    )


def test_a_rule_may_speak_of_single_codes() -> None:
    groups = {"a": Group("a", "zone", "a", "a", ("a",))}
    matching = MatchingRules(1, "", None, "", (rule("special", "a", codes={"39"}),), groups, ("a",))
    assert len(matching.tiers("landslide", 5, "39")) == 2
    assert len(matching.tiers("landslide", 4, "49")) == 1


@st.composite
def matchings(draw: st.DrawFn) -> MatchingRules:
    districts = tuple(f"d{n}" for n in range(draw(st.integers(1, 8))))
    names = ("g0", "g1", "g2", "g3")
    groups = {
        name: Group(name, "zone", name, name, tuple(draw(st.lists(st.sampled_from(districts), unique=True))))
        for name in names
    }
    tellings = st.builds(Telling, st.lists(st.sampled_from(names), min_size=1).map(tuple), st.just("because"))
    rules = st.builds(
        Rule,
        id=st.just("r"),
        hazards=st.frozensets(st.sampled_from(HAZARDS), min_size=1),
        levels=st.frozensets(st.integers(2, 5)),
        codes=st.just(frozenset[str]()),
        tell=st.lists(tellings, max_size=4).map(tuple),
    )
    return MatchingRules(1, "", None, "", tuple(draw(st.lists(rules, max_size=3))), groups, districts)


cases = given(matchings(), st.sampled_from(HAZARDS), st.none() | st.integers(2, 5))


@cases
def test_every_district_is_in_one_tier_or_in_the_rest(matching: MatchingRules, hazard: str, level: int | None) -> None:
    *first, rest = matching.tiers(hazard, level, "00")
    named = [district for tier in first for district in tier.districts or ()]
    assert rest.districts is None
    assert all(tier.districts for tier in first)
    assert len(named) == len(set(named))
    assert set(named) <= set(matching.districts)


@cases
def test_everybody_is_told_once_and_in_the_order_of_the_tiers(
    matching: MatchingRules, hazard: str, level: int | None
) -> None:
    tiers = matching.tiers(hazard, level, "00")
    told = matching.districts_of(tiers)
    assert told is not None
    assert sorted(told) == sorted(matching.districts)
    position = {d: n for n, tier in enumerate(tiers[:-1]) for d in tier.districts or ()}
    order = [(position.get(district, len(tiers)), matching.districts.index(district)) for district in told]
    assert order == sorted(order)


@cases
def test_a_rule_more_at_the_end_never_takes_anybody_away(
    matching: MatchingRules, hazard: str, level: int | None
) -> None:
    more = MatchingRules(2, "", None, "", (*matching.rules, rule("more", "g0")), matching.groups, matching.districts)
    before = matching.districts_of(matching.tiers(hazard, level, "00"))
    after = more.districts_of(more.tiers(hazard, level, "00"))
    assert set(after or ()) == set(before or ())
