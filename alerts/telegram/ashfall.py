"""Reads VFVO53 to VFVO55, forecasts of ash fall by municipality (jma.md §3.3)."""

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.notice import notice_of
from alerts.telegram.texts import all_of, lines_of, mentions, text_of, texts_of, time_of

_WINDOWS = "v:Body/v:AshInfos/v:AshInfo"


def read_ashfall(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VFVO53, 54 or 55 says about the city: one notice a Kind, valid to the end of its last time window."""
    windows = all_of(root, _WINDOWS)
    if not windows:
        return broken("has no AshInfos/AshInfo")
    stated = [
        (text_of(item, "v:Kind/v:Code") or "without code", time_of(text_of(window, "v:EndTime")))
        for window in windows
        for item in all_of(window, "v:Item")
        if city.municipality in texts_of(item, "v:Areas/v:Area/v:Code")
    ]
    if not stated and mentions(root, "v:Body", city.municipality):
        return broken(f"names {city.name} where no reader looks")
    known, strange = kinds.sort_out(envelope.type, (code for code, _ in stated))
    ends = {kind.code: [end for code, end in stated if code == kind.code and end] for kind in known}
    details = tuple(lines_of(envelope.headline))
    notices = tuple(
        notice_of(kind, details=details, valid_until=max(ends[kind.code], default=envelope.valid_until))
        for kind in known
    )
    return said(envelope, city, notices, strange)
