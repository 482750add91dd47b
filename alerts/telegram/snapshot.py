"""Reads VPWS50, all warnings of all Japan in one telegram, for one municipality: for recovery only (jma.md §1.5)."""

from dataclasses import replace

from lxml import etree

from alerts.chain import WARNINGS
from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.control import Header, read_header
from alerts.telegram.envelope import Envelope, InfoType
from alerts.telegram.layout import BODY
from alerts.telegram.summary import Said, Summary, envelope_under, own_kinds, told_apart
from alerts.telegram.warnings import read_kind
from alerts.telegram.xml import BrokenTelegramError, parse

TYPE = "VPWS50"


def read_snapshot(raw: bytes, file: str, city: CityCodes) -> Summary:
    """What a VPWS50 says about the city. Raises nothing: what cannot be read is said in `reason` (R16).

    Without Control/DateTime its ReportDateTime is its time: cut to the minute, it loses against any newer telegram.
    """
    try:
        root = parse(raw)
        envelope = _envelope(read_header(root, file))
        return told_apart(_said(own_kinds(root, city, TYPE)), envelope, file)
    except BrokenTelegramError as broken:
        return Summary((), broken.reason)


def _envelope(header: Header) -> Envelope:
    control = {"DateTime": header.head.get("ReportDateTime", "")} | header.control
    envelope = envelope_under(replace(header, control=control), TYPE)
    if envelope.info_type is InfoType.RETRACTION:
        raise BrokenTelegramError(f"{TYPE} is a retraction: it states nothing.")
    return envelope


def _said(elements: list[etree._Element]) -> Said:
    said = Said()
    for element in elements:
        type_ = _type_of(element)
        found = read_kind(type_, element)
        if isinstance(found, str):
            said.unknown.append(found)
        elif found is not None:
            said.notices[type_].append(found)
    return said


def _type_of(element: etree._Element) -> str:
    """The type whose table knows the Kind: among the warnings every code has one meaning (jma.md §3.2)."""
    code = (element.findtext(f"{{{BODY}}}Code") or "").strip()
    return next((one for one in WARNINGS if kinds.find(one, code)), WARNINGS[0])
