"""One Kind of a composed warning, with how dangerous it gets and when (jma.md §3.2)."""

from lxml import etree

from alerts.telegram.composition import Line

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


def write_kind(item: etree._Element, line: Line, *, detailed: bool) -> None:
    """One Kind of the body; `detailed` adds the Property that only the municipal layer has."""
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
