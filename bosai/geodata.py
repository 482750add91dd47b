"""Opens the map files and tables that an officer downloads: GeoJSON and Shapefiles, a piece at a time."""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any, BinaryIO

import ijson
import shapefile

from alerts.city.making.material import Feature, MaterialError

Say = Callable[[Path, int, int], None]
"""Told how far a file is read: bytes so far and in all; of a Shapefile, shapes."""

_PIECE = 1 << 20
_SHAPEFILE = ".shp"
_CP932 = "cp932"  # in which e-Stat and 国土数値情報 write attributes, unless a .cpg file beside says otherwise


class Files:
    """The officer's files, opened one after the other; `say` hears of the progress."""

    def __init__(self, say: Say) -> None:
        self._say = say

    @contextmanager
    def open(self, path: Path) -> Iterator[BinaryIO]:
        """A file's bytes. Raises `MaterialError` for a file that cannot be read."""
        try:
            size = path.stat().st_size
            with BufferedReader(_Told(path, lambda at: self._say(path, at, size)), _PIECE) as file:
                yield file
        except OSError as error:
            raise MaterialError(
                str(path), None, f"{error.strerror}; name a file that exists and can be read"
            ) from error

    def features(self, path: Path) -> Iterator[Feature]:
        """The shapes of a GeoJSON file or a Shapefile, with their attributes."""
        return self._shapes(path) if path.suffix.lower() == _SHAPEFILE else self._geojson(path)

    def _geojson(self, path: Path) -> Iterator[Feature]:
        row = 0
        with self.open(path) as file:
            try:
                for row, one in enumerate(ijson.items(file, "features.item", use_float=True), start=1):
                    yield _feature(path, row, one)
            except ijson.JSONError as error:
                advice = "download it again; it must be GeoJSON (.geojson) or a Shapefile (.shp)"
                raise MaterialError(str(path), row + 1, f"is not JSON: {_one_line(error)}; {advice}") from error
        if not row:
            raise MaterialError(str(path), None, "holds no features; a GeoJSON FeatureCollection is expected")

    def _shapes(self, path: Path) -> Iterator[Feature]:
        named = path.with_suffix(".cpg")
        encoding = named.read_text(encoding="ascii").strip() if named.exists() else _CP932
        try:
            with shapefile.Reader(str(path), encoding=encoding) as reader:
                for row, one in enumerate(reader.iterShapeRecords(), start=1):
                    self._say(path, row, len(reader))
                    yield Feature(str(path), row, one.record.as_dict(), dict(one.shape.__geo_interface__))
        except (shapefile.ShapefileException, OSError, ValueError, LookupError, struct.error) as error:
            advice = "its .shp, .shx and .dbf must stand beside each other"
            raise MaterialError(str(path), None, f"cannot be read: {_one_line(error)}; {advice}") from error


class _Told(FileIO):
    """A file that tells how far it was read."""

    def __init__(self, path: Path, say: Callable[[int], None]) -> None:
        super().__init__(path)
        self._tell = say

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - any buffer, as the standard library has it
        """Reads, and says so."""
        read = super().readinto(buffer)
        self._tell(self.tell())
        return read


def _feature(path: Path, row: int, one: object) -> Feature:
    found = one if isinstance(one, dict) else {}
    geometry, properties = found.get("geometry"), found.get("properties")
    if not isinstance(geometry, dict):
        raise MaterialError(str(path), row, "the feature has no geometry; a Polygon or MultiPolygon is expected")
    return Feature(str(path), row, properties if isinstance(properties, dict) else {}, geometry)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
