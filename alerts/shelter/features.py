"""A GeoJSON of points as a table: the properties are its columns, the point fills 緯度 and 経度 (city.md §2.1)."""

import codecs
import json
from typing import Any

from alerts.shelter.csv_table import CsvRow, ImportNote, ImportTable, column_key, read_csv

LATITUDE = "緯度"
LONGITUDE = "経度"


def read_table(raw: bytes, file: str, problems: list[ImportNote]) -> ImportTable:
    """The table of a GeoJSON, or of a CSV: no CSV of places begins with a brace."""
    is_json = raw.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"
    return read_features(raw, file, problems) if is_json else read_csv(raw, file, problems)


def read_features(raw: bytes, file: str, problems: list[ImportNote]) -> ImportTable:
    """One row a feature; an empty table, with the reason among the problems, where it is no GeoJSON of points."""
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        problems.append(ImportNote(file, 1, None, f"is not JSON in UTF-8: {error}"))
        return ImportTable(file)
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        problems.append(ImportNote(file, 1, None, "is no FeatureCollection with at least one feature"))
        return ImportTable(file)
    rows = tuple(_row(file, number, feature, problems) for number, feature in enumerate(features, start=1))
    names = dict.fromkeys(key for row in rows for key in row.cells)
    return ImportTable(file, tuple(names), rows)


def _row(file: str, number: int, feature: object, problems: list[ImportNote]) -> CsvRow:
    given: dict[str, Any] = feature if isinstance(feature, dict) else {}
    properties = given.get("properties")
    named: dict[str, Any] = properties if isinstance(properties, dict) else {}
    cells = {column_key(name): _cell(value) for name, value in named.items()}
    if len(cells) < len(named):
        problems.append(ImportNote(file, number, None, "has two properties of one name; take out all but one"))
    point = _point(given.get("geometry"))
    if point is None:
        problems.append(ImportNote(file, number, None, "has no point; a geometry of type Point is expected"))
    else:
        cells |= {column_key(LONGITUDE): _cell(point[0]), column_key(LATITUDE): _cell(point[1])}
    return CsvRow(file, number, cells)


def _point(geometry: object) -> list[object] | None:
    """Longitude, then latitude (RFC 7946 §3.1.1)."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    coordinates = geometry.get("coordinates")
    return coordinates if isinstance(coordinates, list) and len(coordinates) in {2, 3} else None


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()
