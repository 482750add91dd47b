"""A CAP 1.2 message as XML: elements in the order of the schema (OASIS CAP-v1.2-os §3.2)."""

import re
from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from alerts.cap.document import Area, CapAlert, Info, Pair
from alerts.times import JST

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no character of XML 1.0


def cap_time(moment: datetime) -> str:
    """A time as CAP writes it: 2026-11-23T10:48:00+09:00."""
    return moment.astimezone(JST).isoformat(timespec="seconds")


def plain(text: str) -> str:
    """The text without what XML 1.0 cannot hold: control characters, half characters."""
    return _FORBIDDEN.sub("", text)


def to_xml(alert: CapAlert) -> bytes:
    """The document in UTF-8."""
    root = etree.Element(_tag("alert"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the default namespace, which the stubs forget
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", cap_time(alert.sent))
    _add(root, "status", alert.status)
    _add(root, "msgType", alert.kind)
    _add(root, "source", alert.source)
    _add(root, "scope", alert.scope)
    _add(root, "restriction", alert.restriction)
    _add(root, "note", alert.note)
    _add(root, "references", " ".join(alert.references))
    _add(root, "incidents", alert.incidents)
    for info in alert.infos:
        _add_info(root, info)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add_info(root: etree._Element, info: Info) -> None:
    part = etree.SubElement(root, _tag("info"))
    _add(part, "language", info.language)
    for category in info.categories:
        _add(part, "category", category)
    _add(part, "event", info.event)
    _add(part, "responseType", info.response)
    _add(part, "urgency", info.weight.urgency)
    _add(part, "severity", info.weight.severity)
    _add(part, "certainty", info.weight.certainty)
    _add_pairs(part, "eventCode", info.event_codes)
    _add(part, "effective", cap_time(info.effective))
    _add(part, "expires", cap_time(info.expires))
    _add(part, "senderName", info.sender_name)
    _add(part, "headline", info.headline)
    _add(part, "description", info.description)
    _add(part, "instruction", info.instruction)
    _add_pairs(part, "parameter", info.parameters)
    for area in info.areas:
        _add_area(part, area)


def _add_area(info: etree._Element, area: Area) -> None:
    part = etree.SubElement(info, _tag("area"))
    _add(part, "areaDesc", area.description)
    for polygon in area.polygons:
        _add(part, "polygon", polygon)
    _add_pairs(part, "geocode", area.geocodes)


def _add_pairs(parent: etree._Element, name: str, pairs: Iterable[Pair]) -> None:
    for value_name, value in pairs:
        part = etree.SubElement(parent, _tag(name))
        _add(part, "valueName", value_name)
        _add(part, "value", value)


def _add(parent: etree._Element, name: str, text: str | None) -> None:
    """An element; none where there is nothing to say."""
    if text:
        etree.SubElement(parent, _tag(name)).text = plain(text)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
