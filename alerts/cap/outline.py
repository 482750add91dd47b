"""Shapes of the city as CAP polygons: closed, counter-clockwise, `lat,lon`, few corners, and never too small."""

from collections.abc import Iterable

from shapely import Polygon, get_parts, set_precision, unary_union
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from alerts.city.geojson_file import Geometry

MOST_CORNERS = 100  # of all rings together; receivers of CAP cut or refuse more
_DIGITS = 6  # of a degree: a tenth of a metre, as the districts come
_FIRST_STEP = 0.00005  # degrees, about 5 m


def outlines(geometries: Iterable[Geometry]) -> tuple[str, ...]:
    """Polygons that cover the shapes together. Holes are filled: a receiver in one is told too (fail wide)."""
    whole = unary_union([shape(geometry) for geometry in geometries])
    return tuple(_written(polygon) for polygon in _simple(whole))


def _simple(whole: BaseGeometry) -> list[Polygon]:
    """The shape with few enough corners, each step a little wider than the last; no point of it falls outside."""
    polygons, step = _filled(whole), _FIRST_STEP
    while sum(len(polygon.exterior.coords) for polygon in polygons) > MOST_CORNERS or not _cover(polygons, whole):
        polygons = _filled(whole.buffer(step, join_style="mitre").simplify(step))
        step *= 2
    return polygons


def _cover(polygons: Iterable[Polygon], whole: BaseGeometry) -> bool:
    return whole.is_empty or bool(unary_union(list(polygons)).covers(whole))


def _filled(shapes: BaseGeometry) -> list[Polygon]:
    filled = unary_union([Polygon(part.exterior) for part in get_parts(shapes) if isinstance(part, Polygon)])
    on_grid = set_precision(filled, 10**-_DIGITS)  # written with fewer digits, a ring might cross itself
    return [orient(part) for part in get_parts(on_grid) if isinstance(part, Polygon) and not part.is_empty]


def _written(polygon: Polygon) -> str:
    corners = polygon.exterior.coords
    return " ".join(f"{latitude:.{_DIGITS}f},{longitude:.{_DIGITS}f}" for longitude, latitude in corners)
