"""Moves a recorded telegram to another time, so that a replay is not too late for every push (R22)."""

from datetime import UTC, datetime, timedelta, timezone

from lxml import etree

from alerts.telegram.layout import HEAD, REPORT
from alerts.telegram.xml import parse

_JST = timezone(timedelta(hours=9))


def retimed(raw: bytes, issued_at: datetime) -> bytes:
    """The telegram as if sent at `issued_at`: Control/DateTime in UTC, the Head's report and target times in Japan's.

    Only for drill worlds. Raises `BrokenTelegramError` for what is no telegram.
    """
    root = parse(raw)
    _set(root, f"{{{REPORT}}}Control/{{{REPORT}}}DateTime", issued_at.astimezone(UTC).isoformat())
    local = issued_at.astimezone(_JST).isoformat(timespec="seconds")
    for name in ("ReportDateTime", "TargetDateTime"):
        _set(root, f"{{{HEAD}}}Head/{{{HEAD}}}{name}", local)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def _set(root: etree._Element, path: str, value: str) -> None:
    """Replaces the text of an element that is there and says something."""
    element = root.find(path)
    if element is not None and (element.text or "").strip():
        element.text = value
