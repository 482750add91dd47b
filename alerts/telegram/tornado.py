"""Reads VPHW51, tornado warnings by municipality with sightings (jma.md §3.3)."""

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.notice import notice_of, one_a_hazard
from alerts.telegram.texts import all_of, coded, lines_of, text_of

_ITEMS = "m:Body/m:Warning[@type='竜巻注意情報（市町村等）']/m:Item"
_WITHOUT_CODE = "without code"


def read_tornado(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VPHW51 says about the city. Code 0 is stated for every municipality of the office that is not warned.

    A warning is in force until Head/ValidDateTime, about an hour. An office that does not list the city decides nothing
    for it.
    """
    if not all_of(root, f"({_ITEMS})[1]"):
        return broken("has no 竜巻注意情報（市町村等）")
    own = coded(root, _ITEMS, "m:Area/m:Code", city.municipality)
    if not own:
        return Findings(f"does not name {city.name}")
    codes = [text_of(kind, "m:Code") or _WITHOUT_CODE for item in own for kind in all_of(item, "m:Kind")]
    known, strange = kinds.sort_out(envelope.type, codes or [_WITHOUT_CODE])
    details, until = tuple(lines_of(envelope.headline)), envelope.valid_until
    notices = one_a_hazard(notice_of(kind, details=details, valid_until=until) for kind in known)
    return said(envelope, city, notices, strange)
