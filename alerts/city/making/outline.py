"""The city's outline out of a file with many municipalities (行政区域 N03)."""

from collections.abc import Iterable

from shapely import MultiPolygon, Polygon, make_valid, set_precision, unary_union
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from alerts.city.geojson_file import Geometry
from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.city.making.material import Feature, MaterialError, Origin, Outline

_CODE, _NAME, _PREFECTURE, _CITY_OF_WARDS = ("N03_007", "code"), ("N03_004", "name"), "N03_001", "N03_003"
_DIGITS = 5
_GRID = 1e-6  # degrees, 0.1 m
N03 = Origin(
    title="国土数値情報 行政区域データ N03",
    licence="国土数値情報利用規約 (CC BY 4.0 相当)",
    credit="「国土数値情報（行政区域データ）」（国土交通省）を加工して作成",
)


def find_outline(features: Iterable[Feature], file: str, prefecture: str, name: str) -> Outline:
    """All parts of the city in one. Raises `MaterialError` if the file has none, or not in degrees."""
    parts: list[BaseGeometry] = []
    codes: dict[str, str] = {}
    for feature in features:
        is_here = feature.text(_PREFECTURE) in {"", prefecture}
        is_whole = feature.text(*_NAME) in {name, prefecture + name}
        if is_here and (is_whole or feature.text(_CITY_OF_WARDS) == name):
            parts.append(area_of(feature))
            codes[feature.text(*_CODE)[:_DIGITS]] = "" if is_whole else feature.text(*_NAME)
    if not parts:
        message = (
            f"has no area with N03_004 = {name} in {prefecture}; check the spelling and take the prefecture's file"
        )
        raise MaterialError(file, None, message)
    return Outline(unary_union(parts), codes)


def area_of(feature: Feature) -> BaseGeometry:
    """A feature's area in degrees, mended where its edges cross. Raises `MaterialError` for anything else."""
    try:
        found = shape(feature.geometry)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError):
        raise feature.fault("its geometry cannot be read; a Polygon or MultiPolygon is expected") from None
    if found.is_empty or not isinstance(found, Polygon | MultiPolygon):
        raise feature.fault(f"a Polygon or MultiPolygon is expected; found {found.geom_type}")
    west, south, east, north = found.bounds
    if not (LONGITUDES[0] <= west <= east <= LONGITUDES[1] and LATITUDES[0] <= south <= north <= LATITUDES[1]):
        raise feature.fault("its coordinates are no degrees in Japan; download the edition in 緯度経度 (JGD2011)")
    return found if found.is_valid else only_areas(make_valid(found))


def only_areas(found: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, without the lines and points that cutting leaves."""
    parts = getattr(found, "geoms", [found])
    return unary_union([part for part in parts if isinstance(part, Polygon | MultiPolygon)])


def as_geojson(area: BaseGeometry) -> Geometry:
    """GeoJSON of an area with coordinates of 0.1 m."""
    return dict(mapping(only_areas(set_precision(area, _GRID))))
