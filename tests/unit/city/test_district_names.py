"""The fewest names that mean exactly the chosen districts (issue 8.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.city.district import District, Group, Layer, Provenance
from alerts.city.naming import named

DISTRICTS = tuple(
    District(f"t-{n}", f"町{n}丁目", f"マチ{n}チョウメ", f"Machi {n}", "574-0000", 34.7, 135.6) for n in range(1, 9)
)
OFFICIAL = Layer("school", "小学校区", "School", Provenance.OFFICIAL, "s")
GUESS = Layer("zone", "区域", "Zone", Provenance.INFERRED, "s")
GROUPS = {
    group.id: group
    for group in (
        Group("school:east", "school", "東小学校区", "East", ("t-1", "t-2", "t-3")),
        Group("school:west", "school", "西小学校区", "West", ("t-4", "t-5")),
        Group("zone:hill", "zone", "山ろく", "Hill", ("t-1", "t-2", "t-3", "t-4")),
    )
}
MEMBERS = {group.name: set(group.districts) for group in GROUPS.values()} | {one.name: {one.id} for one in DISTRICTS}


def names(*ids: str, layers=(OFFICIAL, GUESS)) -> list[str]:
    return [place.name for place in named(ids, DISTRICTS, layers, GROUPS)]


def test_a_whole_school_district_is_said_in_one_name() -> None:
    assert names("t-3", "t-1", "t-2", "t-7") == ["東小学校区", "町7丁目"]
    assert names("t-5", "t-4", "t-3", "t-1", "t-2") == ["東小学校区", "西小学校区"]


def test_a_group_that_is_only_partly_chosen_lends_no_name() -> None:
    assert names("t-1", "t-2") == ["町1丁目", "町2丁目"]


def test_a_guessed_layer_lends_no_name() -> None:
    assert names("t-1", "t-2", "t-3", "t-4", layers=(GUESS,)) == [f"町{n}丁目" for n in range(1, 5)]


def test_districts_stand_in_the_citys_order_with_their_readings() -> None:
    first, second = named(("t-8", "t-6"), DISTRICTS, (), {})
    assert (first.name, second.name, first.kana) == ("町6丁目", "町8丁目", "マチ6チョウメ")


def test_an_unknown_district_is_refused() -> None:
    with pytest.raises(KeyError):
        named(("t-9",), DISTRICTS, (OFFICIAL,), GROUPS)


@given(st.sets(st.sampled_from([one.id for one in DISTRICTS]), min_size=1))
def test_the_names_mean_exactly_the_chosen_districts(ids: set[str]) -> None:
    found = names(*ids)
    assert set().union(*(MEMBERS[name] for name in found)) == ids
    assert sum(len(MEMBERS[name]) for name in found) == len(ids)
