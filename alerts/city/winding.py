"""Rings the way RFC 7946 §3.1.6 wants them: outlines counter-clockwise, holes clockwise, whatever the file has."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Ring = Sequence[Sequence[float]]


def right_handed(geometry: dict[str, Any]) -> dict[str, Any]:
    """A Polygon or MultiPolygon with its rings in that order of corners."""
    coordinates = geometry["coordinates"]
    is_many = geometry["type"] == "MultiPolygon"
    wound = [_polygon(polygon) for polygon in coordinates] if is_many else _polygon(coordinates)
    return {**geometry, "coordinates": wound}


def _polygon(rings: Sequence[Ring]) -> list[Ring]:
    return [ring if (_area(ring) > 0) == (place == 0) else [*reversed(ring)] for place, ring in enumerate(rings)]


def _area(ring: Ring) -> float:
    """Twice the area, positive where the ring runs counter-clockwise; from its first corner, to lose no digits."""
    x, y = ring[0]
    return sum((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y) for a, b in pairwise(ring))
