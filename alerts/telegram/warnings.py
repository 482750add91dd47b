"""Reads the warnings of the 2026 regime, VPWW55 to VPWW61, for one municipality (jma.md §2.5, §3.2).

Only the body counts, and of it only the municipal layer: the headline hides which warning ended. A level follows from
(type, code). No telegram has an expiry; what is in force stays so until a newer one of the unit says otherwise.
"""

from collections.abc import Iterator
from typing import cast

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.layout import BODY, ENDED, IN_FORCE, MUNICIPAL_LAYER, NOTHING, OFFICE_LAYER, REPORT
from alerts.telegram.notice import Notice, NoticeState, one_a_hazard

_NAMESPACES = {"r": REPORT, "m": BODY}
_LAYER = "/r:Report/m:Body/m:Warning[@type=$layer]"
_ITEMS = etree.XPath(f"{_LAYER}/m:Item[normalize-space(m:Area/m:Code)=$code]", namespaces=_NAMESPACES)
_AREA_CODES = etree.XPath(f"{_LAYER}/m:Item/m:Area/m:Code/text()", namespaces=_NAMESPACES, smart_strings=False)
_KIND_CODES = etree.XPath(f"{_LAYER}/m:Item/m:Kind/m:Code/text()", namespaces=_NAMESPACES, smart_strings=False)


def read_warning(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VPWW55-61 says about the city.

    Every R06 telegram lists all municipalities of its office, so the city's own office without an Item for the city
    is broken, not calm.
    """
    telegram_type = envelope.type or ""
    if not _items(root, city):
        return _without_item(root, city)
    found = [read_kind(telegram_type, kind) for kind in city_kinds(root, city)]
    unknown = tuple(each for each in found if isinstance(each, str)) or (() if found else ("without any Kind",))
    notices = one_a_hazard(each for each in found if isinstance(each, Notice))
    return said(envelope, city, notices, unknown, _unknown_elsewhere(root, telegram_type, unknown))


def city_kinds(root: etree._Element, city: CityCodes) -> list[etree._Element]:
    """Every Kind that the municipal layer states for the city, in the order of the telegram."""
    return [kind for item in _items(root, city) for kind in item.iterchildren(_tag("Kind"))]


def _items(root: etree._Element, city: CityCodes) -> list[etree._Element]:
    return cast("list[etree._Element]", _ITEMS(root, layer=MUNICIPAL_LAYER, code=city.municipality))


def _unknown_elsewhere(root: etree._Element, telegram_type: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Codes unknown in other municipalities hold nothing, but are the first sign of a change of rules (jma.md §6)."""
    codes = _codes(_KIND_CODES, root, MUNICIPAL_LAYER).difference(own)
    strange = sorted(code for code in codes if kinds.find(telegram_type, code) is None)
    return (f"Unknown Kind {', '.join(strange)} in Items of other municipalities.",) if strange else ()


def _without_item(root: etree._Element, city: CityCodes) -> Findings:
    offices = _codes(_AREA_CODES, root, OFFICE_LAYER)
    if not offices:
        return broken("names no area of 府県予報区 and has no Item for the city")
    if city.office in offices:
        return broken(f"is of {city.name}'s own office {city.office} without an Item for the city")
    return Findings(f"concerns other offices than {city.name}'s")


def _codes(query: etree.XPath, root: etree._Element, layer: str) -> set[str]:
    return {code.strip() for code in cast("list[str]", query(root, layer=layer))}


def read_kind(telegram_type: str, element: etree._Element) -> Notice | str | None:
    """The notice of one Kind, None where nothing is in force, or what is unknown about it."""
    texts = {child.tag: (child.text or "").strip() for child in reversed(element)}
    code, status = texts.get(_tag("Code"), ""), texts.get(_tag("Status"), "")
    if status == NOTHING and not code:
        return None
    kind = kinds.find(telegram_type, code)
    if kind is None:
        return code or f"without code ({status})"
    if status not in IN_FORCE and status != ENDED:
        return f"{code} ({status or 'without status'})"
    state = NoticeState.ENDED if status == ENDED else NoticeState.IN_FORCE
    name = texts.get(_tag("Name")) or kind.name
    return Notice(kind.hazard, kind.code, kind.level, kind.rank, state, name, tuple(_sentences(element)))


def _sentences(kind: etree._Element) -> Iterator[str]:
    """When a level is expected to be reached, in JMA's words, with the part of the city where it names one."""
    for period in kind.iterfind(f"{_tag('Property')}/{_tag('CriteriaPeriod')}"):
        for sentence in period.iter(_tag("Sentence")):
            text = (sentence.text or "").strip()
            parent = sentence.getparent()
            where = (parent.findtext(_tag("AreaName")) or "").strip() if parent is not None else ""
            if text:
                yield f"{where}：{text}" if where else text


def _tag(name: str) -> str:
    return f"{{{BODY}}}{name}"
