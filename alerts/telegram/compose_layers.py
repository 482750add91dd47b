"""The four layers of areas in a composed warning, in its headline and in its body (jma.md §2.5, §3.2)."""

from collections.abc import Iterable

from lxml import etree

from alerts.telegram.compose_kind import child, write_kind
from alerts.telegram.composition import Line, OfficeArea, Place
from alerts.telegram.layout import LAYERS, MUNICIPAL_LAYER, NOTHING

Lines = tuple[Line, ...]
Layer = dict[Place, Lines]

_WIDE_AREAS = "気象情報／府県予報区・細分区域等"
_MUNICIPALITIES = "気象・地震・火山情報／市町村等"


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
        write_kind(item, line, detailed=layer == MUNICIPAL_LAYER)
    _write_area(item, place)
    child(item, "ChangeStatus", "変化無" if all(s.status == "継続" for s in stated) else "警報・注意報種別に変化有")
    if layer != MUNICIPAL_LAYER:
        child(item, "FullStatus", "一部")
        child(item, "EditingMark", "0")


def _write_area(parent: etree._Element, place: Place) -> None:
    area = child(parent, "Area")
    child(area, "Name", place.name)
    child(area, "Code", place.code)
