"""A shape for every town where only points are known: each place belongs to the nearest point (Voronoi).

A stopgap, derived and labelled so: 86 % of known addresses lie in the cell of their own town (city.md §0). Real areas
replace it (国勢調査 小地域).
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from shapely import MultiPoint, Point, STRtree, voronoi_polygons
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from alerts.city.making.material import MaterialError, Origin, Outline, Town
from alerts.city.making.outline import N03, only_areas


def with_cells(towns: Sequence[Town], outline: Outline, file: str) -> tuple[Town, ...]:
    """The towns with their cells, cut by the outline. Raises `MaterialError` for a town outside or two at one point."""
    points = [Point(town.longitude, town.latitude) for town in towns]
    _refuse_misplaced(towns, points, outline.shape, file)
    middle = outline.shape.centroid
    tall = 1 / math.cos(math.radians(middle.y))  # a degree north is longer on the ground than one east
    apart = MultiPoint([scale(point, yfact=tall, origin=middle) for point in points])
    cells = _voronoi(apart, scale(outline.shape, yfact=tall, origin=middle))
    cells = [scale(cell, yfact=1 / tall, origin=middle) for cell in cells]
    tree = STRtree(cells)
    return tuple(
        replace(town, shape=only_areas(cells[int(tree.nearest(point))].intersection(outline.shape)))
        for town, point in zip(towns, points, strict=True)
    )


def origin_of(towns: Origin) -> Origin:
    """Whose work the cells are made from."""
    return Origin(
        title="町丁目の代表点のボロノイ分割（行政区域で切り抜き）",
        licence=f"{N03.licence}; {towns.licence}",
        credit=f"{N03.credit}; {towns.credit}（町丁目の公式の境界ではありません）",
        derived="Derived, not official town boundaries: Voronoi cells of the town points, cut by the boundary.",
        caution="Where a point is near an edge, treat it as belonging to both sides.",
    )


def _voronoi(points: MultiPoint, area: BaseGeometry) -> list[BaseGeometry]:
    if len(points.geoms) == 1:
        return [area.envelope]
    return list(voronoi_polygons(points, extend_to=area).geoms)


def _refuse_misplaced(towns: Sequence[Town], points: Sequence[Point], area: BaseGeometry, file: str) -> None:
    seen: dict[tuple[float, float], Town] = {}
    for town, point in zip(towns, points, strict=True):
        if not area.covers(point):
            where = f"{town.latitude}, {town.longitude}"
            raise MaterialError(file, None, f"{town.name} ({where}) lies outside the boundary; correct its point")
        other = seen.setdefault((town.latitude, town.longitude), town)
        if other is not town:
            raise MaterialError(file, None, f"{town.name} and {other.name} have the same point; correct one of them")
