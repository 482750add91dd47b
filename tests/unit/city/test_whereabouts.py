"""A point becomes districts: near an edge both sides, outside the nearest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.city.geometry import metres_outside
from alerts.city.pack import CityPack, bundled, load_pack
from alerts.city.whereabouts import EDGE_METRES, DistrictMap

METRE = 1 / 111_195  # degrees of latitude


def square(west: float, south: float, side: float = 0.01) -> dict[str, object]:
    east, north = west + side, south + side
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


@pytest.fixture(scope="module")
def two_squares() -> CityPack:
    """South and north of 35°N; the boundary is both, with a strip 50 m wide between that rounding left."""
    pack = load_pack(bundled())
    south, north, *_ = pack.districts
    return replace(
        pack,
        districts=(replace(south, id="south", latitude=34.995), replace(north, id="north", latitude=35.005)),
        polygons={"south": square(135.0, 34.99), "north": square(135.0, 35.0 + 50 * METRE)},
        boundary=square(135.0, 34.99, 0.02),
    )


@pytest.mark.parametrize(
    ("metres_north", "districts"),
    [
        (-500, ("south",)),
        (-60, ("south",)),
        (-40, ("south", "north")),
        (20, ("south", "north")),  # in the gap: the nearer first
        (30, ("north", "south")),
        (90, ("north", "south")),
        (110, ("north",)),
    ],
)
def test_within_100_metres_of_an_edge_both_sides_are_told(
    two_squares: CityPack, metres_north: int, districts: tuple[str, ...]
) -> None:
    assert DistrictMap(two_squares).at(35.0 + metres_north * METRE, 135.005).districts == districts


def test_outside_the_city_the_nearest_district_is_named_with_its_distance(two_squares: CityPack) -> None:
    found = DistrictMap(two_squares).at(34.99 - 30 * METRE, 135.005)
    assert (found.districts, found.nearest) == ((), "south")
    assert found.metres == pytest.approx(30, abs=0.5)


def test_a_city_without_a_boundary_ends_where_its_districts_do(two_squares: CityPack) -> None:
    districts = DistrictMap(replace(two_squares, boundary=None))
    assert districts.at(34.995, 135.005).districts == ("south",)
    assert districts.at(34.98, 135.005).districts == ()


def test_a_city_without_shapes_says_nothing(two_squares: CityPack) -> None:
    found = DistrictMap(replace(two_squares, polygons={}, boundary=None)).at(34.995, 135.005)
    assert (found.districts, found.nearest) == ((), None)


@pytest.fixture(scope="module")
def shapes() -> DistrictMap:
    return DistrictMap(load_pack(bundled()))


def test_every_town_s_point_lies_first_in_its_own_district(shapes: DistrictMap, daito: CityPack) -> None:
    assert {d.id: shapes.at(d.latitude, d.longitude).districts[0] for d in daito.districts} == {
        d.id: d.id for d in daito.districts
    }


@given(st.floats(34.65, 34.77), st.floats(135.55, 135.72))
def test_a_point_has_districts_if_and_only_if_it_lies_in_the_city(
    shapes: DistrictMap, daito: CityPack, latitude: float, longitude: float
) -> None:
    found = shapes.at(latitude, longitude)
    assert daito.boundary is not None
    outside = metres_outside(daito.boundary, latitude, longitude)
    assert bool(found.districts) == (outside == 0)
    assert found.metres == pytest.approx(outside, rel=0.01, abs=1)
    for district in found.districts[1:]:
        assert metres_outside(daito.polygons[district], latitude, longitude) <= EDGE_METRES * 1.01
