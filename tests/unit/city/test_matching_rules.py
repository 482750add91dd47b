"""Who is told first (design.md §4): most exposed first, nobody left out, nobody twice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.city.district import Group, Layer, Provenance
from alerts.city.gazetteer import Gazetteer
from alerts.city.matching import NAMED_TOO, NAMED_WORST, MatchingRules, only
from alerts.city.pack import CityPack
from alerts.city.part_names import NO_NAMES, PartNames
from alerts.city.rule import Case, Rule, Telling
from alerts.home import tier_of
from alerts.telegram.extent import Extent, Station, SubArea

DAY = date(2026, 11, 23)
HAZARDS = ("landslide", "heavy_rain", "river_flood", "earthquake")


def places(
    groups: dict[str, Group], districts: tuple[str, ...], *, official: bool = False, names: PartNames = NO_NAMES
) -> Gazetteer:
    layers = {group.layer: Layer(group.layer, "", "", Provenance.INFERRED, "") for group in groups.values()}
    return Gazetteer(groups, districts, names, frozenset(groups) if official else frozenset(), layers, frozenset())


def test_landslides_are_told_on_the_hills_first_then_at_their_foot_then_elsewhere(daito: CityPack) -> None:
    hills, edge, rest = daito.matching.tiers(Case("landslide", 4, "49", 4, DAY))
    zone = {group.id: frozenset(group.districts) for group in daito.groups.values()}
    assert hills.districts == zone["hazard_zone:mountain"] | zone["hazard_zone:foothill"]
    assert edge.districts == zone["hazard_zone:foothill_edge"]
    assert rest.districts is None
    assert (hills.because, edge.because, rest.because) == ("landslide_hillside", "landslide_foothill_edge", None)


@pytest.mark.parametrize("hazard", ["heavy_rain", "river_flood"])
def test_flooding_is_told_in_the_lowland_first(daito: CityPack, hazard: str) -> None:
    lowland, edge, rest = daito.matching.tiers(Case(hazard, 3, "03", 3, DAY))
    assert lowland.districts == frozenset(daito.groups["hazard_zone:lowland"].districts)
    assert edge.districts == frozenset(daito.groups["hazard_zone:foothill_edge"].districts)
    assert rest.districts is None


@pytest.mark.parametrize("hazard", ["storm", "thunder", "earthquake", "tsunami", "tornado", "nankai_trough"])
def test_other_hazards_are_told_to_everybody_at_once(daito: CityPack, hazard: str) -> None:
    (tier,) = daito.matching.tiers(Case(hazard, None, "1", 1, DAY))
    assert (tier.districts, tier.because) == (None, None)


def test_the_first_hillside_district_comes_before_the_first_lowland_one(daito: CityPack) -> None:
    told = daito.matching.districts_of(daito.matching.tiers(Case("landslide", 4, "49", 4, DAY)))
    assert told is not None
    assert len(told) == 124
    assert set(told[:18]) >= {"27218-hojo-6"}
    assert "27218-akai-1" not in told[:29]


def test_the_first_rule_that_fits_decides() -> None:
    groups = {name: Group(name, "zone", name, name, (name,)) for name in ("a", "b")}
    rules = (rule("strong", "a", levels={4, 5}), rule("any", "b"))
    matching = MatchingRules(1, "", None, "", rules, places(groups, ("a", "b")))
    assert matching.tiers(Case("landslide", 4, "49", 4, DAY))[0].districts == {"a"}
    assert matching.tiers(Case("landslide", 2, "29", 2, DAY))[0].districts == {"b"}
    assert matching.because_keys == {"a first", "b first", NAMED_WORST, NAMED_TOO}


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
    matching = MatchingRules(1, "", None, "", (rule("special", "a", codes={"39"}),), places(groups, ("a",)))
    assert len(matching.tiers(Case("landslide", 5, "39", 5, DAY))) == 2
    assert len(matching.tiers(Case("landslide", 4, "49", 4, DAY))) == 1


def flood(extent: Extent, level: int = 4) -> Case:
    return Case("river_flood", level, "40", level, DAY, extent)


def test_a_rule_of_a_gauge_speaks_only_where_the_gauge_makes_the_citys_level(daito: CityPack) -> None:
    suminodo, other = Station("1", "住道", 4), Station("2", "昭明橋", 3)
    river = ("860604000600",)
    first, *_ = daito.matching.tiers(flood(Extent((), (suminodo, other), river)))
    assert (first.because, first.rule) == ("flood_near_gauge", "neyagawa_gauges")
    assert {"27218-suminodo-1", "27218-sanga-1", "27218-fukono-1"} <= (first.districts or frozenset())
    worse = Station("2", "昭明橋", 5)
    for elsewhere in (Extent((), (suminodo, worse), river), Extent((), (suminodo,), ("860604000102",)), Extent()):
        first, *_ = daito.matching.tiers(flood(elsewhere))
        assert (first.because, first.rule) == ("flood_lowland", "flooding")


def test_districts_that_the_forecast_names_come_first_by_their_own_level(daito: CityPack) -> None:
    parts = (SubArea("三箇", 2), SubArea("深野1丁目", 4), SubArea("南郷小校区", 3))
    worst, next_, low, *others, rest = daito.matching.tiers(flood(Extent(parts)))
    assert (worst.districts, worst.level, worst.because) == ({"27218-fukono-1"}, 4, NAMED_WORST)
    assert (next_.districts, next_.level) == (frozenset(daito.groups["elementary:nango"].districts), 3)
    assert (low.districts, low.because) == ({f"27218-sanga-{n}" for n in range(1, 7)}, NAMED_TOO)
    assert [tier.rule for tier in (worst, *others, rest)] == [None, "flooding", "flooding", "flooding"]
    assert rest.districts is None


@pytest.mark.parametrize("unknown", ["新田", "三箇九丁目", "大東町西"])
def test_a_part_that_the_pack_does_not_know_means_the_whole_city(daito: CityPack, unknown: str) -> None:
    parts = (SubArea("三箇", 4), SubArea(unknown, 2))
    assert daito.matching.tiers(flood(Extent(parts))) == daito.matching.tiers(flood(Extent()))
    assert daito.matching.places.unknown_parts(Extent(parts)) == (unknown,)


def test_a_rule_may_say_what_a_part_means_that_only_jma_names() -> None:
    groups = {"a": Group("a", "zone", "a", "a", ("a",))}
    rules = (
        Rule("right bank", frozenset({"river_flood"}), sub_areas=frozenset({"右岸"}), tell=(Telling(("a",), "b"),)),
    )
    matching = MatchingRules(1, "", None, "", rules, places(groups, ("a", "b")))
    assert matching.tiers(flood(Extent((SubArea("右岸", 4),))))[0].districts == {"a"}
    assert len(matching.tiers(flood(Extent((SubArea("左岸", 4),))))) == 1


LOWERED = Rule("r", frozenset({"landslide", "storm", "tsunami"}), tell=(Telling(("a",), "b"),), rest_lowered=True)


@pytest.mark.parametrize(
    ("case", "official", "lowered"),
    [
        (Case("landslide", 4, "49", 4, DAY), True, {"b", "c"}),
        (Case("landslide", 4, "49", 4, DAY), False, set()),
        (Case("landslide", 5, "39", 5, DAY), True, set()),
        (Case("storm", None, "35", 5, DAY), True, set()),
        (Case("storm", None, "05", 3, DAY), True, {"b", "c"}),
        (Case("tsunami", None, "51", 4, DAY), True, set()),
    ],
)
def test_the_rest_is_told_less_urgently_only_by_official_layers_and_never_about_the_worst(
    case: Case, official: bool, lowered: set[str]
) -> None:
    groups = {"a": Group("a", "zone", "a", "a", ("a",))}
    matching = MatchingRules(1, "", None, "", (LOWERED,), places(groups, ("a", "b", "c"), official=official))
    tiers = matching.tiers(case)
    assert matching.lowered(tiers) == lowered
    assert tier_of(frozenset(), tiers) == len(tiers) - (2 if lowered else 1)
    assert not tiers[tier_of(frozenset(), tiers) or 0].lowered, "who cannot be placed is told with full urgency"


NAMES = PartNames({name: frozenset({f"d{n}"}) for n, name in enumerate("甲乙丙丁")}, {})


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
        tell=st.lists(tellings, max_size=4).map(tuple),
        rest_lowered=st.booleans(),
    )
    known = {name: found & frozenset(districts) for name, found in NAMES.places.items() if found & frozenset(districts)}
    where = places(groups, districts, official=draw(st.booleans()), names=PartNames(known, {}))
    return MatchingRules(1, "", None, "", tuple(draw(st.lists(rules, max_size=3))), where)


parts = st.builds(SubArea, st.sampled_from("甲乙丙丁戊"), st.integers(2, 5))
extents = st.builds(Extent, st.lists(parts, max_size=4).map(tuple))
cases = st.builds(
    Case,
    hazard=st.sampled_from(HAZARDS),
    level=st.none() | st.integers(2, 5),
    code=st.just("00"),
    rank=st.integers(1, 5),
    day=st.just(DAY),
    extent=extents,
)
any_case = given(matchings(), cases)


@any_case
def test_every_district_is_in_one_tier_or_in_the_rest(matching: MatchingRules, case: Case) -> None:
    *first, rest = matching.tiers(case)
    named = [district for tier in first for district in tier.districts or ()]
    assert rest.districts is None
    assert all(tier.districts is not None for tier in first)
    assert len(named) == len(set(named))
    assert set(named) <= set(matching.places.districts)


@any_case
def test_every_district_gets_every_message_once_and_in_the_order_of_the_tiers(
    matching: MatchingRules, case: Case
) -> None:
    tiers = matching.tiers(case)
    told = matching.districts_of(tiers)
    assert told is not None
    assert sorted(told) == sorted(matching.places.districts)
    position = {d: n for n, tier in enumerate(tiers[:-1]) for d in tier.districts or ()}
    ids = matching.places.districts
    order = [(position.get(district, len(tiers)), ids.index(district)) for district in told]
    assert order == sorted(order)


@any_case
def test_nobody_is_told_less_urgently_than_who_is_told_later(matching: MatchingRules, case: Case) -> None:
    lowered = [tier.lowered for tier in matching.tiers(case)]
    assert lowered == sorted(lowered)
    assert not lowered[0]


@given(matchings(), cases, parts)
def test_a_part_more_takes_nobody_away_and_lowers_nobodys_urgency(
    matching: MatchingRules, case: Case, part: SubArea
) -> None:
    wider = replace(case, extent=Extent((*case.extent.sub_areas, part)))
    before, after = matching.tiers(replace(case, extent=Extent())), matching.tiers(wider)
    assert after[-1].districts is None
    assert set(matching.districts_of(after) or ()) == set(matching.districts_of(before) or ())
    assert matching.lowered(after) <= matching.lowered(before)


@any_case
def test_a_rule_more_at_the_end_never_takes_anybody_away(matching: MatchingRules, case: Case) -> None:
    more = replace(matching, rules=(*matching.rules, rule("more", "g0")))
    before = matching.districts_of(matching.tiers(case))
    after = matching.districts_of(more.tiers(case))
    assert set(after or ()) == set(before or ())


@given(matchings(), cases, st.frozensets(st.sampled_from([f"d{n}" for n in range(8)])))
def test_what_is_for_some_districts_alone_reaches_just_these(
    matching: MatchingRules, case: Case, chosen: frozenset[str]
) -> None:
    wanted = chosen & frozenset(matching.places.districts)
    tiers = only(matching.tiers(case), wanted)
    assert [sorted(tier.districts or ()) for tier in tiers if not tier.districts] == []
    assert frozenset(d for tier in tiers for d in tier.districts or ()) == wanted


SUMMER = Rule(
    "summer",
    frozenset({"landslide"}),
    tell=(Telling(("a",), "b"),),
    valid_from=date(2026, 6, 1),
    valid_to=date(2026, 9, 30),
)


@pytest.mark.parametrize(
    ("day", "acts"),
    [((2026, 5, 31), False), ((2026, 6, 1), True), ((2026, 9, 30), True), ((2026, 10, 1), False)],
)
def test_a_rule_holds_from_its_first_to_its_last_day(day: tuple[int, int, int], acts: bool) -> None:
    groups = {"a": Group("a", "zone", "a", "a", ("a",))}
    matching = MatchingRules(1, "", None, "", (SUMMER,), places(groups, ("a", "b")))
    assert (matching.rule_for(Case("landslide", 4, "49", 4, date(*day))) is SUMMER) is acts


def test_rules_that_are_valid_at_other_times_do_not_hide_each_other() -> None:
    autumn = replace(SUMMER, valid_from=date(2026, 10, 1), valid_to=None)
    assert not SUMMER.overlaps(autumn)
    assert not SUMMER.covers(autumn)
    assert replace(SUMMER, valid_from=None, valid_to=None).covers(SUMMER)
    assert not SUMMER.covers(replace(SUMMER, valid_to=None))


@given(matchings(), cases, st.frozensets(st.sampled_from([f"d{n}" for n in range(8)])))
def test_a_phone_in_two_places_is_told_once_and_with_the_more_exposed(
    matching: MatchingRules, case: Case, homes: frozenset[str]
) -> None:
    tiers = matching.tiers(case)
    tier = tier_of(homes, tiers)
    assert tier is not None
    if homes:
        assert tier == min(index for index, one in enumerate(tiers) if one.districts is None or one.districts & homes)


@given(matchings(), cases)
def test_a_layer_more_never_removes_a_message(matching: MatchingRules, case: Case) -> None:
    group = Group("new:g", "new", "g", "g", matching.places.districts[:1])
    layer = Layer("new", "", "", Provenance.OFFICIAL, "")
    grown = replace(
        matching.places,
        groups={**matching.places.groups, group.id: group},
        layers={**matching.places.layers, layer.id: layer},
        official=matching.places.official | {group.id},
    )
    assert replace(matching, places=grown).tiers(case) == matching.tiers(case)
