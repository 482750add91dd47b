"""A point becomes districts: in which shapes it lies, and which are so near that it may be theirs (city.md §0)."""

from dataclasses import dataclass

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from alerts.city.geometry import on_the_ground
from alerts.city.pack import CityPack

EDGE_METRES = 100.0  # shapes and phones are no more exact: who stands so near an edge is told with both sides


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a point lies. Outside the city there are no districts, and `metres` is how far away the nearest one is."""

    districts: tuple[str, ...]  # the nearest first: the one that holds the point
    nearest: str | None = None  # None where the city has no shapes
    metres: float = 0.0


class DistrictMap:
    """The shapes of a city's districts on a flat map in metres, ready to be asked. Keeps no point."""

    def __init__(self, pack: CityPack) -> None:
        self._ids = tuple(pack.polygons)
        middle = pack.districts[len(pack.districts) // 2] if pack.districts else None
        self._origin = (middle.latitude, middle.longitude) if middle else (0.0, 0.0)
        self._shapes = [on_the_ground(geometry, self._origin) for geometry in pack.polygons.values()]
        self._tree = STRtree(self._shapes)
        self._boundary = on_the_ground(pack.boundary, self._origin) if pack.boundary else None

    def at(self, latitude: float, longitude: float) -> Whereabouts:
        """The districts within 100 m of a point in the city, or the nearest to one outside."""
        if not self._ids:
            return Whereabouts(())
        point = on_the_ground({"type": "Point", "coordinates": [longitude, latitude]}, self._origin)
        nearest = int(self._tree.nearest(point))
        metres = float(self._shapes[nearest].distance(point))
        if not self._is_within(point, metres):
            return Whereabouts((), self._ids[nearest], metres)
        around = sorted((float(self._shapes[each].distance(point)), int(each)) for each in self._around(point))
        return Whereabouts(tuple(self._ids[each] for _, each in around) or (self._ids[nearest],), self._ids[nearest])

    def _around(self, point: BaseGeometry) -> list[int]:
        return [int(each) for each in self._tree.query(point, predicate="dwithin", distance=EDGE_METRES)]

    def _is_within(self, point: BaseGeometry, metres: float) -> bool:
        """In the city, also in a gap between shapes that rounding left."""
        return metres == 0 if self._boundary is None else self._boundary.covers(point)
