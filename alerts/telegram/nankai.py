"""Reads VYSE50 and VYSE51, information on the Nankai Trough, which concerns every city in its reach (jma.md §3.3)."""

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.notice import notice_of, one_a_hazard
from alerts.telegram.texts import all_of, lines_of, text_of

_SERIALS = "s:Body/s:EarthquakeInfo/s:InfoSerial"


def read_nankai(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VYSE50 or VYSE51 states. Its serial code alone decides: a commentary once went out as a warning (R16)."""
    serials = {text_of(each, "s:Code"): text_of(each, "s:Name") for each in all_of(root, _SERIALS)}
    if not all(serials) or not serials:
        return broken("has no EarthquakeInfo with an InfoSerial/Code")
    known, strange = kinds.sort_out(envelope.type, serials)
    details = tuple(lines_of(envelope.headline))
    notices = one_a_hazard(notice_of(kind, name=serials[kind.code], details=details) for kind in known)
    return said(envelope, city, notices, strange)
