"""Addresses and points of the collected facts find their districts (issue 4, item 3; city.md §0)."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts.city.address_book import Certainty
from alerts.city.pack import CityPack, bundled, load_pack
from alerts.service.locate import Locator

FACTS = Path(__file__).parents[2].parent / "shared" / "city"
POINTS = 71
OF_THEIR_OWN = 61  # 86 %: the shapes are Voronoi cells of the town points (SOURCES.md)

pytestmark = pytest.mark.skipif(not FACTS.exists(), reason=f"{FACTS} is not there: facts are compared where it is")


@pytest.fixture(scope="module")
def pack() -> CityPack:
    return load_pack(bundled())


@pytest.fixture(scope="module")
def locator(pack: CityPack) -> Locator:
    return Locator(pack)


@pytest.fixture(scope="module")
def names(pack: CityPack) -> dict[str, str]:
    return {district.id: district.name for district in pack.districts}


def rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def test_every_spelling_finds_its_town(locator: Locator, names: dict[str, str]) -> None:
    found = {row["variant"]: locator.address(row["variant"]) for row in rows("addresses/address_variants_derived.csv")}
    expected = {row["variant"]: row["expected_town"] for row in rows("addresses/address_variants_derived.csv")}
    assert len(expected) == 185
    assert {address: one.certainty for address, one in found.items()} == dict.fromkeys(expected, Certainty.EXACT)
    assert {address: names[one.districts[0]] for address, one in found.items()} == expected


def test_large_offices_are_found_though_their_postal_code_is_their_own(locator: Locator, names: dict[str, str]) -> None:
    for row in rows("addresses/office_addresses.csv"):
        for address in (row["address"], f"〒{row['postal_code']} {row['address']}"):
            assert [names[d] for d in locator.address(address).districts] == [row["expected_town"]]


def test_an_address_of_a_neighbour_is_outside_and_so_is_its_point(locator: Locator, pack: CityPack) -> None:
    for row in rows("addresses/outside_city_points.csv"):
        by_point = locator.point(float(row["lat"]), float(row["lng"]))
        assert by_point.certainty is Certainty.OUTSIDE, row
        assert by_point.nearest is not None
        assert by_point.metres == pytest.approx(float(row["distance_to_city_m"]), rel=0.02, abs=2)
        is_own = row["address"].startswith(pack.codes.prefecture + pack.codes.name)
        assert (locator.address(row["address"]).certainty is Certainty.OUTSIDE) == (not is_own), row


def test_points_lie_in_their_own_town_or_near_it_and_always_in_their_school_district(
    locator: Locator, names: dict[str, str], pack: CityPack
) -> None:
    elementary = {d: g.id for g in pack.groups.values() if g.layer == "elementary" for d in g.districts}
    points = [(locator.point(site.latitude, site.longitude), locator.address(site.address)) for site in pack.sites]
    inside = [(point, address.districts[0]) for point, address in points if point.districts and address.districts]
    assert len(inside) == POINTS
    assert sum(point.districts[0] == town for point, town in inside) >= OF_THEIR_OWN
    assert sum(town in point.districts for point, town in inside) >= POINTS - 1
    assert [town for point, town in inside if elementary[point.districts[0]] != elementary[town]] == []
