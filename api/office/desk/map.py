"""The city as an inline picture of its districts, from the pack's own shapes: needs no network (issue 8.1, 8.12)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from alerts.city.geojson_file import Geometry
from alerts.city.outline import GRID, Outline, outlines
from alerts.city.pack import CityPack

_MARGIN = 0.02  # of the picture, so that no edge is cut off


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the picture lies, in steps of the grid: `x` grows to the east, `y` to the south.

    `squeeze` makes a metre as long to the east as to the south.
    """

    x: float
    y: float
    width: float
    height: float
    squeeze: float


class Drawing:
    """A pack's districts as SVG paths; of a pack without districts, its boundary. Made when first shown, and kept."""

    def __init__(self, pack: CityPack) -> None:
        self._pack = pack

    @cached_property
    def paths(self) -> dict[str, str]:
        """By district id (or the city's code): the `d` of a path, in steps of the grid, north upwards."""
        return {name: "".join(_path(ring) for ring in rings) for name, rings in self._rings.items()}

    @cached_property
    def frame(self) -> Frame:
        """The part of the plane that holds every path."""
        corners = [corner for rings in self._rings.values() for ring in rings for corner in _corners(ring)]
        west, east = min(x for x, _ in corners), max(x for x, _ in corners)
        south, north = min(y for _, y in corners), max(y for _, y in corners)
        squeeze = math.cos(math.radians((south + north) / 2 / GRID))
        edge = _MARGIN * max(east - west, north - south)
        width = (east - west) * squeeze
        return Frame(west * squeeze - edge, -north - edge, width + 2 * edge, north - south + 2 * edge, squeeze)

    def spot(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point lies in the picture, already squeezed: beside the districts, not among them."""
        return longitude * GRID * self.frame.squeeze, -latitude * GRID

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in the picture: a city may have a place in another municipality."""
        x, y = self.spot(latitude, longitude)
        frame = self.frame
        return frame.x <= x <= frame.x + frame.width and frame.y <= y <= frame.y + frame.height

    @cached_property
    def _rings(self) -> dict[str, Outline]:
        boundary = self._pack.boundary
        shapes: dict[str, Geometry] = self._pack.polygons or ({self._pack.codes.code: boundary} if boundary else {})
        return outlines(shapes)


def _path(ring: list[int]) -> str:
    first, *steps = zip(ring[::2], ring[1::2], strict=True)
    return f"M{first[0]} {-first[1]}l{' '.join(f'{east} {-north}' for east, north in steps)}z"


def _corners(ring: list[int]) -> Iterator[tuple[int, int]]:
    x = y = 0
    for east, north in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + east, y + north
        yield x, y
