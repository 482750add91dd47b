"""Reads polygons and the boundary from GeoJSON. Shapes are checked by `alerts.city.geometry`, which needs shapely."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.city.pack_files import PackFiles
from alerts.city.problems import Problems
from alerts.city.winding import right_handed

Geometry = dict[str, Any]
"""A GeoJSON Polygon or MultiPolygon in longitude and latitude (JGD2011), wound as RFC 7946 asks for."""

_LEAST_POSITIONS = 4  # a ring is closed: a triangle has four


def read_polygons(files: PackFiles, districts: Collection[str]) -> dict[str, Geometry]:
    """One shape for each district, by its id; empty where the city has no such file."""
    polygons: dict[str, Geometry] = {}
    found = files.bytes_of("polygons.geojson")
    if found is None:
        return polygons
    file, raw = found
    for feature in _features(file, raw, files.problems):
        district, line = str(feature.get("id")), line_of(raw, feature.get("id"))
        if district not in districts:
            files.problems.add(file, line, f"feature id {district!r} is no district of districts.csv")
        if district in polygons:
            files.problems.add(file, line, f"district {district} has a second shape; use one MultiPolygon")
        if geometry := _geometry(file, line, feature, files.problems):
            polygons[district] = geometry
    for district in sorted(set(districts) - set(polygons)):
        files.problems.add(file, None, f"has no shape for district {district}; every district needs one")
    return polygons


def read_boundary(files: PackFiles) -> Geometry | None:
    """The city's outline, the only feature of `boundary.geojson`; None where there is no such file."""
    found = files.bytes_of("boundary.geojson")
    if found is None:
        return None
    file, raw = found
    features = list(_features(file, raw, files.problems))
    if len(features) != 1:
        files.problems.add(file, None, f"holds {len(features)} features; exactly one is expected, the city's outline")
        return None
    return _geometry(file, None, features[0], files.problems)


def _features(file: str, raw: bytes, problems: Problems) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(raw)
    except json.JSONDecodeError as error:
        problems.add(file, error.lineno, f"is not JSON: {error.msg}")
        return
    except UnicodeDecodeError as error:
        problems.add(file, raw.count(b"\n", 0, error.start) + 1, "is not UTF-8 text")
        return
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        problems.add(file, None, "must be a GeoJSON FeatureCollection")
        return
    yield from features


def _geometry(file: str, line: int | None, feature: dict[str, Any], problems: Problems) -> Geometry | None:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        problems.add(file, line, f"a Polygon or MultiPolygon is expected; found {kind}")
        return None
    coordinates: Any = geometry.get("coordinates")
    shapes = coordinates if kind == "MultiPolygon" else [coordinates]
    try:
        fault = next((fault for shape in shapes for ring in shape if (fault := _ring_fault(ring))), None)
    except (TypeError, ValueError):
        fault = "coordinates must be lists of rings of [longitude, latitude]"
    if fault:
        problems.add(file, line, fault)
        return None
    return right_handed(geometry)


def _ring_fault(ring: list[list[float]]) -> str | None:
    """What is wrong with one ring, None if nothing."""
    if len(ring) < _LEAST_POSITIONS or ring[0] != ring[-1]:
        return "a ring must have at least four positions and end where it began"
    for longitude, latitude in ring:
        if not (LONGITUDES[0] <= longitude <= LONGITUDES[1] and LATITUDES[0] <= latitude <= LATITUDES[1]):
            return f"[{longitude}, {latitude}] is not [longitude, latitude] of a point in Japan"
    return None


def line_of(raw: bytes, feature_id: object) -> int | None:
    """The line in which a feature's id stands; None if it is in no line as it is."""
    at = raw.find(f'"{feature_id}"'.encode())
    return None if at < 0 else raw.count(b"\n", 0, at) + 1
