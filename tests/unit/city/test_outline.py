"""Shapes for the offline bundle: small, and still the right answer to where somebody stands."""

import random

import pytest
from shapely import Point, Polygon, box
from shapely.geometry import mapping, shape

from alerts.city.geometry import on_the_ground
from alerts.city.outline import GRID, RIGHT_BEYOND_METRES, Outline, outlines
from alerts.city.pack import CityPack, bundled, load_pack


@pytest.fixture(scope="module")
def daito() -> CityPack:
    return load_pack(bundled())


def drawn(outline: Outline) -> Polygon:
    """What the rings mean, put together again: inside is who is inside an odd number of them."""
    together = Polygon()
    for ring in outline:
        corners, at = [], (0, 0)
        for step in zip(ring[::2], ring[1::2], strict=True):
            at = (at[0] + step[0], at[1] + step[1])
            corners.append((at[0] / GRID, at[1] / GRID))
        together = together.symmetric_difference(Polygon(corners).buffer(0))
    return together


def far_from_edges(geometry, point: Point) -> bool:
    edge = on_the_ground(geometry, (point.y, point.x)).boundary
    return edge.distance(Point(0, 0)) > RIGHT_BEYOND_METRES


def jagged(west: float, east: float, south: float, north: float, seed: int) -> dict:
    """A district with an edge surveyed each half metre, as a cadastre gives it."""
    dice = random.Random(seed)
    steps = [west + (east - west) * number / 2000 for number in range(1, 2000)]
    top = [(x, north + dice.uniform(-5e-6, 5e-6)) for x in steps]
    return mapping(Polygon([(west, south), (east, south), (east, north), *reversed(top), (west, north)]))


def test_every_district_of_the_city_keeps_its_inside(daito):
    dice, small = random.Random(7), {name: drawn(one) for name, one in outlines(daito.polygons).items()}
    for name, geometry in daito.polygons.items():
        west, south, east, north = shape(geometry).bounds
        points = [Point(dice.uniform(west, east), dice.uniform(south, north)) for _ in range(40)]
        for point in filter(lambda one: far_from_edges(geometry, one), points):
            assert small[name].contains(point) == shape(geometry).contains(point), (name, point)


def test_a_surveyed_edge_is_thinned_out_and_stays_where_it_is():
    geometry = jagged(135.60, 135.61, 34.70, 34.71, seed=1)
    (outline,) = outlines({"a": geometry}).values()
    assert len(outline[0]) < 200
    difference = on_the_ground(mapping(drawn(outline)), (34.7, 135.6)).hausdorff_distance(
        on_the_ground(geometry, (34.7, 135.6))
    )
    assert difference < RIGHT_BEYOND_METRES


def test_neighbours_keep_their_common_edge():
    north_of = jagged(135.60, 135.61, 34.70, 34.71, seed=2)
    corners = north_of["coordinates"][0]
    common = [corner for corner in corners if corner[1] > 34.705]
    other = mapping(Polygon([*common, (135.60, 34.72), (135.61, 34.72)]))
    first, second = (drawn(one) for one in outlines({"a": north_of, "b": other}).values())
    assert first.intersection(second).area == pytest.approx(0, abs=1e-12)
    assert first.union(second).area == pytest.approx(first.convex_hull.union(second.convex_hull).area, rel=1e-3)


def test_islands_and_holes_stay():
    sea = box(135.60, 34.70, 135.61, 34.71).difference(box(135.603, 34.703, 135.606, 34.706))
    island = box(135.62, 34.70, 135.63, 34.71)
    (outline,) = outlines({"a": mapping(sea.union(island))}).values()
    whole = drawn(outline)
    assert len(outline) == 3
    assert whole.contains(Point(135.625, 34.705))
    assert whole.contains(Point(135.601, 34.701))
    assert not whole.contains(Point(135.605, 34.705))


def test_a_city_without_shapes_has_no_outlines():
    assert outlines({}) == {}
