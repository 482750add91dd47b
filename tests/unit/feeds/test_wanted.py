"""Which telegrams are fetched for Daito, by their file names."""

from dataclasses import replace

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.service.feeds.wanted import wanted


@pytest.fixture(scope="module")
def city():
    return load_pack(bundled("daito")).codes


@pytest.mark.parametrize(
    "file",
    [
        "20260728094203_0_VPWW55_270000.xml",
        "20260728094203_0_VPWW61_270000.xml",
        "20260728094203_0_VPWP50_270000.xml",
        "20260728094203_0_VPHW51_270000.xml",
        "20260728094203_0_VPBS50_260000.xml",
        "20260728094203_0_VPCJ51_010600.xml",
        "20260728094203_0_VPZJ51_010000.xml",
    ],
)
def test_what_may_concern_the_city_is_fetched(file: str, city) -> None:
    assert wanted(file, city)


@pytest.mark.parametrize("suffix", ["010000", "270000", "130000"])
@pytest.mark.parametrize("type_", ["VXSE51", "VXSE53", "VTSE41", "VYSE50", "VPTW60", "VXKO52"])
def test_where_the_name_ends_with_the_producer_nothing_is_skipped_by_it(type_: str, suffix: str, city) -> None:
    assert wanted(f"20260728094203_0_{type_}_{suffix}.xml", city)


@pytest.mark.parametrize("type_", ["VPWW55", "VPWW58", "VPFT50", "VPFD51", "VPHW51", "VPFJ51"])
def test_a_warning_of_another_office_is_not_fetched(type_: str, city) -> None:
    assert not wanted(f"20260728094203_0_{type_}_160000.xml", city)


@pytest.mark.parametrize("type_", ["VPWW53", "VPWW54", "VPHW50", "VPWS50", "VXWW50", "VPOA50", "VFVO52", "VPFD60"])
def test_transitional_copies_and_what_nobody_needs_are_not_fetched(type_: str, city) -> None:
    assert not wanted(f"20260728094203_0_{type_}_270000.xml", city)


@pytest.mark.parametrize(
    "file", ["20260728094203_0_VPXX99_160000.xml", "20260728094203_0_VPWW62_160000.xml", "new.xml"]
)
def test_r16_a_type_nobody_knows_is_fetched_whatever_its_office(file: str, city) -> None:
    assert wanted(file, city)


@pytest.mark.parametrize("file", ["x_VPWW55_010000.xml", "x_VPWW55_010600.xml", "x_VPWW55_27.xml", "x_VPWW55.xml"])
def test_r16_a_warning_whose_name_ends_unlike_an_office_is_fetched(file: str, city) -> None:
    assert wanted(file, city)


@pytest.mark.parametrize("type_", ["VXSE43", "VXSE44", "VXSE45"])
def test_an_early_warning_is_fetched_where_the_city_switches_it_on(type_: str, city) -> None:
    file = f"20260728094203_0_{type_}_010000.xml"
    assert not wanted(file, city)
    assert wanted(file, replace(city, switched_on=(type_,)))


def test_a_notified_river_is_fetched_switched_on_or_off_for_its_arrival_is_news(city) -> None:
    file = "20260728094203_0_VXSU52_270000.xml"
    assert wanted(file, city)
    assert wanted(file, replace(city, switched_on=("VXSU",)))
