"""The four layers of areas in a composed warning, in its headline and in its body (jma.md §2.5, §3.2)."""

from collections.abc import Iterable

from lxml import etree

from alerts.telegram.composition import Line, OfficeArea, Place
from alerts.telegram.layout import LAYERS, MUNICIPAL_LAYER, NOTHING

Lines = tuple[Line, ...]
Layer = dict[Place, Lines]

_WIDE_AREAS = "気象情報／府県予報区・細分区域等"
_MUNICIPALITIES = "気象・地震・火山情報／市町村等"
_PROPERTY_TYPES = {
    "heavy_rain": "大雨浸水危険度",
    "landslide": "土砂災害危険度",
    "storm_surge": "高潮危険度",
    "storm": "風危険度",
    "snowstorm": "風危険度",
    "high_waves": "波危険度",
    "heavy_snow": "雪危険度",
}
_SIGNIFICANCY = {  # by 警戒レベル where the kind has one, else by rank
    (5, 5): ("警戒レベル５相当", "51"),
    (4, 4): ("警戒レベル４相当", "41"),
    (3, 3): ("警戒レベル３相当", "31"),
    (2, 2): ("警戒レベル２", "21"),
    (None, 5): ("特別警報級", "50"),
    (None, 3): ("警報級", "30"),
    (None, 2): ("注意報級", "20"),
}


def child(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    """Adds an element in the namespace of its parent."""
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    element.text = text or None
    return element


def write_layers(summary: etree._Element, body: etree._Element, area: OfficeArea, lines: dict[str, Lines]) -> None:
    """Writes every layer into the headline (only areas with something) and into the body (all areas)."""
    for layer, areas in zip(LAYERS, _layers(area, lines), strict=True):
        told = {place: stated for place, stated in areas.items() if stated}
        if told:
            information = etree.SubElement(summary, f"{{{etree.QName(summary).namespace}}}Information", type=layer)
            for place, stated in told.items():
                _write_headline_item(information, place, stated, layer)
        warning = etree.SubElement(body, f"{{{etree.QName(body).namespace}}}Warning", type=layer)
        for place, stated in areas.items():
            _write_body_item(warning, place, stated, layer)


def _layers(area: OfficeArea, lines: dict[str, Lines]) -> tuple[Layer, ...]:
    """The areas of each layer; a wider area says the worst of each hazard in its municipalities."""
    layers: tuple[dict[Place, list[Line]], ...] = ({}, {}, {}, {})
    for each in area.municipalities:
        stated = lines.get(each.place.code, ())
        for layer, place in zip(layers, (area.place, each.class10, each.class15, each.place), strict=True):
            layer.setdefault(place, []).extend(stated)
    *wide, municipal = layers
    summed = [{place: _worst(stated) for place, stated in layer.items()} for layer in wide]
    return (*summed, {place: tuple(stated) for place, stated in municipal.items()})


def _worst(lines: Iterable[Line]) -> Lines:
    worst: dict[str, Line] = {}
    for line in lines:
        known = worst.get(line.kind.hazard)
        if known is None or (line.in_force, line.kind.rank) > (known.in_force, known.kind.rank):
            worst[line.kind.hazard] = line
    return tuple(worst.values())


def _write_headline_item(information: etree._Element, place: Place, stated: Lines, layer: str) -> None:
    """The summary names what is in force; an area where all ended is 解除 00, with no hint what ended (jma.md §2.5)."""
    item = child(information, "Item")
    names = [(line.kind.name, line.kind.code) for line in stated if line.in_force] or [("解除", "00")]
    for name, code in names:
        kind = child(item, "Kind")
        child(kind, "Name", name)
        child(kind, "Code", code)
    areas = child(item, "Areas")
    areas.set("codeType", _MUNICIPALITIES if layer == MUNICIPAL_LAYER else _WIDE_AREAS)
    _write_area(areas, place)


def _write_body_item(warning: etree._Element, place: Place, stated: Lines, layer: str) -> None:
    item = child(warning, "Item")
    if not stated:
        child(child(item, "Kind"), "Status", NOTHING)
        _write_area(item, place)
        return
    for line in stated:
        _write_kind(item, line, detailed=layer == MUNICIPAL_LAYER)
    _write_area(item, place)
    child(item, "ChangeStatus", "変化無" if all(s.status == "継続" for s in stated) else "警報・注意報種別に変化有")
    if layer != MUNICIPAL_LAYER:
        child(item, "FullStatus", "一部")
        child(item, "EditingMark", "0")


def _write_kind(item: etree._Element, line: Line, *, detailed: bool) -> None:
    kind = child(item, "Kind")
    child(kind, "Name", line.kind.name)
    child(kind, "Code", line.kind.code)
    child(kind, "Status", line.status)
    if line.last:
        last = child(kind, "LastKind")
        child(last, "Name", line.last.name)
        child(last, "Code", line.last.code)
    if detailed and line.in_force:
        _write_property(kind, line)


def _write_property(kind: etree._Element, line: Line) -> None:
    """How dangerous it gets, and in JMA's sentences when: only in the municipal layer, and not once it is over."""
    subject = _PROPERTY_TYPES.get(line.kind.hazard, line.kind.name.removesuffix("注意報") + "危険度")
    name, code = _SIGNIFICANCY[line.kind.level, line.kind.rank]
    prop = child(kind, "Property")
    child(prop, "Type", subject)
    significancy = child(child(child(prop, "SignificancyPart"), "Base"), "Significancy")
    significancy.set("type", subject)
    child(significancy, "Name", name)
    child(significancy, "Code", code)
    if line.sentence:
        base = child(child(prop, "CriteriaPeriod"), "Base")
        child(base, "Sentence", line.sentence)
        criteria = child(base, "CriteriaClass")
        child(criteria, "Name", name)
        child(criteria, "Code", code)


def _write_area(parent: etree._Element, place: Place) -> None:
    area = child(parent, "Area")
    child(area, "Name", place.name)
    child(area, "Code", place.code)
