"""What a name in a `SubCityList` means, in the spellings of the real telegrams (jma.md §3.4)."""

import pytest

from alerts.city.district import District, Group
from alerts.city.pack import CityPack
from alerts.city.part_names import part_names

SANGA = {f"27218-sanga-{number}" for number in range(1, 7)}
HOJO = {f"27218-hojo-{number}" for number in range(1, 8)}


@pytest.mark.parametrize(
    "name",
    ["三箇一丁目", "三箇1丁目", "三箇１丁目", "三箇１", "三箇1", "三 箇1丁目", "三箇一丁目の一部", "三箇１（駅西）"],
)
def test_a_block_is_found_however_its_number_is_written(daito: CityPack, name: str) -> None:
    assert daito.matching.places.names.find(name) == {"27218-sanga-1"}


@pytest.mark.parametrize("name", ["三箇", "大字三箇", "字三箇", "三箇の一部", "三箇全域"])
def test_a_town_means_all_its_blocks(daito: CityPack, name: str) -> None:
    assert daito.matching.places.names.find(name) == SANGA


def test_an_old_town_in_the_hills_is_apart_only_where_it_is_named_so(daito: CityPack) -> None:
    find = daito.matching.places.names.find
    assert find("大字北条") == {"27218-oaza-hojo"}
    assert find("北条") == HOJO | {"27218-oaza-hojo"}
    assert find("龍間") == find("大字龍間") == find("字龍間") == {"27218-oaza-tatsuma"}


@pytest.mark.parametrize("name", ["緑が丘", "緑ヶ丘", "緑ケ丘", "緑ガ丘"])
def test_the_little_ke_is_one_letter(daito: CityPack, name: str) -> None:
    assert daito.matching.places.names.find(name) == {"27218-midorigaoka-1", "27218-midorigaoka-2"}


@pytest.mark.parametrize("name", ["灰塚小学校区", "灰塚小校区", "灰塚小学校", "灰塚校区", "灰塚学区"])
def test_a_school_district_is_found_however_it_is_shortened(daito: CityPack, name: str) -> None:
    assert daito.matching.places.names.find(name) == set(daito.groups["elementary:haizuka"].districts)


def test_a_name_of_two_schools_means_the_districts_of_both(daito: CityPack) -> None:
    both = {*daito.groups["elementary:shijo"].districts, *daito.groups["junior_high:shijo"].districts}
    assert daito.matching.places.names.find("四条校区") == both
    assert daito.matching.places.names.find("四条中校区") == set(daito.groups["junior_high:shijo"].districts)


def test_a_neighbourhood_is_the_town_and_the_school_of_its_name(daito: CityPack) -> None:
    found = daito.matching.places.names.find("三箇地区")
    assert found == SANGA | set(daito.groups["elementary:sanga"].districts)


@pytest.mark.parametrize(
    "name", ["新田", "住", "深野北一丁目二番", "三箇九丁目", "丁目", "地区", "校区", "小学校区", "－", ""]
)
def test_what_no_district_or_group_bears_means_nothing(daito: CityPack, name: str) -> None:
    assert daito.matching.places.names.find(name) == set()


def test_a_town_does_not_take_in_others_whose_names_begin_with_its_own(daito: CityPack) -> None:
    assert daito.matching.places.names.find("深野") == {f"27218-fukono-{number}" for number in range(1, 6)}


@pytest.mark.parametrize(
    ("district", "printed"),
    [
        ("桜町三丁目", "桜町3丁目"),
        ("末広町１", "末広町１"),
        ("宮町一", "宮町一"),
        ("下村", "下村（蟻喰）"),
        ("高園", "字高園"),
        ("端野一区", "端野一区"),
        ("石動地区", "石動地区"),
        ("大町二十一丁目", "大町21丁目"),
        ("大町十丁目", "大町１０"),
    ],
)
def test_spellings_of_other_cities(district: str, printed: str) -> None:
    names = part_names([District("d", district, "", "", "", 0.0, 0.0)], [])
    assert names.find(printed) == {"d"}


def test_a_school_district_of_another_city_is_a_group_like_any_other() -> None:
    names = part_names([], [Group("s:w", "s", "嘉島西校区", "", ("d",))])
    assert names.find("嘉島西校区") == {"d"}
