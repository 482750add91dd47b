"""Draws a city's districts as one SVG picture, the same for the same pack."""

from collections.abc import Callable, Sequence
from html import escape

from shapely import get_parts
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from alerts.city.chart import Panel, panels
from alerts.city.geometry import on_the_ground
from alerts.city.pack import CityPack
from alerts.wording.phrases import OFFICIAL
from alerts.wording.tables import Wording

ToPicture = Callable[[float, float], tuple[float, float]]
"""Latitude and longitude to x and y in the picture."""

FONT = "text{font-family:'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans',sans-serif;fill:#1c2733}"
_COLUMNS, _PANEL_WIDTH, _GAP = 2, 640, 24
_HEAD, _LINE = 54, 22  # above the map, and a line of its legend
_STYLE = (
    f"{FONT}"
    ".t{font-size:20px;font-weight:700}.s{font-size:13px;fill:#51606e}.l{font-size:14px}.c{font-size:12px;fill:#51606e}"
    "path{stroke:#fff;stroke-width:.7;stroke-linejoin:round}#boundary{fill:none;stroke:#1c2733;stroke-width:1.4}"
)


def city_map(pack: CityPack) -> str:
    """The map of `bosai city map`: zones and rules, with the credits that go with the data."""
    official = Wording.load().tables[OFFICIAL]
    phrases = {key: phrase.text for key, phrase in official.phrases.items()}
    shown = [source.credit for source in pack.sources if {"polygons.geojson", "groups.csv"} & set(source.files)]
    return draw(pack, panels(pack, phrases), list(dict.fromkeys(shown)))


def draw(pack: CityPack, panels: Sequence[Panel], notes: Sequence[str]) -> str:
    """The panels side by side, each with its legend, and the notes below. A pack without shapes has no map."""
    paths, height, _ = outlines(pack, _PANEL_WIDTH)
    shapes = "".join(f'<path id="{escape(each)}" d="{path}"/>' for each, path in paths.items())
    rows = [panels[at : at + _COLUMNS] for at in range(0, len(panels), _COLUMNS)]
    parts: list[str] = []
    top = _GAP
    for row in rows:
        parts += [_panel(panel, _GAP + at * (_PANEL_WIDTH + _GAP), top, height) for at, panel in enumerate(row)]
        top += _HEAD + height + _LINE * (max(len(panel.entries) for panel in row) + 1) + _GAP
    parts += [f'<text class="c" x="{_GAP}" y="{top + at * 18}">{escape(text)}</text>' for at, text in enumerate(notes)]
    width, whole = _COLUMNS * (_PANEL_WIDTH + _GAP) + _GAP, top + len(notes) * 18 + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {whole}" width="{width}" height="{whole}">\n'
        f"<title>{escape(pack.codes.name)}</title>\n<style>{_STYLE}</style>\n"
        f'<rect width="{width}" height="{whole}" fill="#fff"/>\n<defs>{shapes}</defs>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _panel(panel: Panel, left: int, top: int, height: int) -> str:
    parts = [
        f'<g transform="translate({left} {top})">',
        f'<text class="t" y="18">{escape(panel.title)}</text><text class="s" y="40">{escape(panel.subtitle)}</text>',
        f'<g transform="translate(0 {_HEAD})">',
    ]
    drawn: set[str] = set()
    for entry in panel.entries:
        uses = "".join(f'<use href="#{escape(each)}"/>' for each in sorted(entry.districts - drawn))
        drawn |= entry.districts
        parts.append(f'<g fill="{entry.colour}">{uses}</g>')
    parts.append('<use href="#boundary"/></g>')
    for at, entry in enumerate(panel.entries):
        y = _HEAD + height + _LINE * (at + 1)
        parts.append(f'<rect x="0" y="{y - 12}" width="18" height="14" fill="{entry.colour}"/>')
        parts.append(f'<text class="l" x="26" y="{y}">{escape(entry.text)}</text>')
    return "".join([*parts, "</g>"])


def outlines(pack: CityPack, width: int) -> tuple[dict[str, str], int, ToPicture]:
    """SVG paths of the districts and the boundary by id, in this width; the height they need; where a point lies."""
    areas = dict(pack.polygons) | ({"boundary": pack.boundary} if pack.boundary else {})
    middle = (pack.districts[0].latitude, pack.districts[0].longitude)
    flat = {each: on_the_ground(geometry, middle) for each, geometry in areas.items()}
    west, south = (min(shape.bounds[at] for shape in flat.values()) for at in (0, 1))
    east, north = (max(shape.bounds[at] for shape in flat.values()) for at in (2, 3))
    zoom = width / (east - west)
    matrix = [zoom, 0, 0, -zoom, -west * zoom, north * zoom]

    def to_picture(latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point lies."""
        point = on_the_ground({"type": "Point", "coordinates": [longitude, latitude]}, middle)
        (place,) = affine_transform(point, matrix).coords
        return place[0], place[1]

    paths = {each: _path(affine_transform(shape, matrix)) for each, shape in flat.items()}
    return paths, round((north - south) * zoom), to_picture


def _path(area: BaseGeometry) -> str:
    rings = [ring for part in get_parts(area) for ring in (part.exterior, *part.interiors)]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings)
