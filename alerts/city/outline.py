"""Districts' shapes made small for a poor network: fewer corners, on a grid of about a metre (issue 7.5)."""

from collections.abc import Iterable, Mapping

import shapely
from shapely.affinity import affine_transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import LinearRing

from alerts.city.geojson_file import Geometry

GRID = 100_000  # steps a degree: 1.1 m to the north, 0.9 m to the east
RIGHT_BEYOND_METRES = 10.0
"""Whoever is farther than this from every edge lies in the same district in both; the server itself tells both sides
of an edge within 100 m (alerts/city/whereabouts.py)."""
_TOLERANCE = 4e-5  # degrees, as the root of the area that one corner may take away: some 4 m
_LEAST_CORNERS = 3

Outline = list[list[int]]
"""Rings of one district; a point lies inside if it is inside an odd number of them. Each ring is longitude, latitude of
its first corner in grid steps, then for each further corner the step from the one before. It is not closed."""


def outlines(polygons: Mapping[str, Geometry]) -> dict[str, Outline]:
    """By district. Neighbours keep their common edge: they are thinned out together."""
    if not polygons:
        return {}
    thinned = shapely.coverage_simplify([shape(geometry) for geometry in polygons.values()], _TOLERANCE)
    return {district: _outline(one) for district, one in zip(polygons, thinned, strict=True)}


def _outline(geometry: BaseGeometry) -> Outline:
    on_grid = affine_transform(geometry, [GRID, 0, 0, GRID, 0, 0])
    rings = (_steps(ring) for ring in _rings(on_grid))
    return [steps for steps in rings if len(steps) >= 2 * _LEAST_CORNERS]


def _rings(geometry: BaseGeometry) -> Iterable[LinearRing]:
    for polygon in getattr(geometry, "geoms", [geometry]):
        yield polygon.exterior
        yield from polygon.interiors


def _steps(ring: LinearRing) -> list[int]:
    steps: list[int] = []
    before, closing = (0, 0), len(ring.coords) - 1
    for longitude, latitude in ring.coords[:closing]:
        corner = (round(longitude), round(latitude))
        if corner != before:
            steps += [corner[0] - before[0], corner[1] - before[1]]
        before = corner
    return steps
