"""Questions about shapes. Apart from the pack's loader, because shapely takes longer to import than a pack to load."""

import math

from shapely import Point
from shapely.affinity import affine_transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from alerts.city.geojson_file import Geometry, line_of
from alerts.city.pack import CityPack
from alerts.city.problems import PackProblem

_METRES_PER_DEGREE = 111_195  # of latitude, on a sphere of 6,371 km: right to half a per cent
_MOST_OUTSIDE = 0.01  # share of a district's area that rounding and another edition of the boundary may put outside


def metres_outside(geometry: Geometry, latitude: float, longitude: float) -> float:
    """How far a point lies outside a shape, in metres; 0 inside and on the edge."""
    return float(on_the_ground(geometry, (latitude, longitude)).distance(Point(0, 0)))


def on_the_ground(geometry: Geometry, origin: tuple[float, float]) -> BaseGeometry:
    """A shape in metres east and north of an origin (latitude, longitude); right to half a per cent within a city."""
    latitude, longitude = origin
    east, north = _METRES_PER_DEGREE * math.cos(math.radians(latitude)), _METRES_PER_DEGREE
    return affine_transform(shape(geometry), [east, 0, 0, north, -longitude * east, -latitude * north])


def geometry_problems(pack: CityPack) -> tuple[PackProblem, ...]:
    """Shapes that cross themselves or lie outside the city. The start and `bosai check` ask."""
    boundary = shape(pack.boundary) if pack.boundary else None
    if boundary is not None and not boundary.is_valid:
        return (PackProblem(str(pack.root / "boundary.geojson"), None, _why_invalid(boundary)),)
    faults = {district: _fault(shape(geometry), boundary) for district, geometry in pack.polygons.items()}
    wrong = {district: fault for district, fault in faults.items() if fault}
    file = pack.root / "polygons.geojson"
    raw = file.read_bytes() if wrong else b""
    return tuple(PackProblem(str(file), line_of(raw, each), f"{each}: {fault}") for each, fault in wrong.items())


def _fault(polygon: BaseGeometry, boundary: BaseGeometry | None) -> str | None:
    if not polygon.is_valid:
        return _why_invalid(polygon)
    if boundary is None:
        return None
    outside = polygon.difference(boundary).area / polygon.area
    if outside > _MOST_OUTSIDE:
        return f"{outside:.0%} of the shape lies outside the city's boundary; at most {_MOST_OUTSIDE:.0%} may"
    return None


def _why_invalid(geometry: BaseGeometry) -> str:
    return f"the shape is not valid ({explain_validity(geometry)}); edges must not cross or touch themselves"
