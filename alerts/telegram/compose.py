"""Writes warnings of the 2026 regime (VPWW55-61) from plain data: for drills, simulations and tests (jma.md §3.2).

Such a telegram is complete and valid by JMA's schema: headline, all four layers of areas, and every municipality of
the office also where nothing is in force. It says what its `status` says; a drill world retypes it in any case (R1).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from lxml import etree

from alerts.telegram import catalogue
from alerts.telegram.compose_kind import child
from alerts.telegram.compose_layers import write_layers
from alerts.telegram.composition import OfficeArea, Stated, look_up
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.layout import ADDITION, BODY, HEAD, REPORT, WARNING_LAYOUT
from alerts.times import JST

_SKELETON = (
    f'<Report xmlns="{REPORT}" xmlns:jmx="{REPORT}" xmlns:jmx_add="{ADDITION}">'
    f'<Control/><Head xmlns="{HEAD}"/><Body xmlns="{BODY}"/></Report>'
)
_SUBJECTS = {
    "VPWW55": "大雨警報・注意報",
    "VPWW56": "土砂災害警報・注意報",
    "VPWW57": "高潮警報・注意報",
    "VPWW58": "暴風警報・注意報",
    "VPWW59": "波浪警報・注意報",
    "VPWW60": "大雪警報・注意報",
    "VPWW61": "注意報",
}
_STATUS_WORDS = {Status.ACTUAL: "通常", Status.EXERCISE: "訓練", Status.TEST: "試験"}
_INFO_TYPE_WORDS = {
    InfoType.ISSUE: "発表",
    InfoType.CORRECTION: "訂正",
    InfoType.DELAY: "遅延",
    InfoType.RETRACTION: "取消",
}


def compose_warning(
    telegram_type: str,
    area: OfficeArea,
    items: Mapping[str, Sequence[Stated]],
    issued_at: datetime,
    *,
    status: Status = Status.ACTUAL,
    info_type: InfoType = InfoType.ISSUE,
    headline: str = "",
) -> bytes:
    """One telegram of VPWW55 to VPWW61 as JMA would send it.

    `items` holds what is stated by municipality code; a municipality without an entry has nothing in force. A
    retraction (取消) has only its `headline` text. Raises `ValueError` for a type, municipality, code or status that
    does not exist.
    """
    if telegram_type not in _SUBJECTS:
        raise ValueError(f"{telegram_type} is not a warning of the 2026 regime; use one of {', '.join(_SUBJECTS)}")
    lines = look_up(telegram_type, area, items)
    report = etree.XML(_SKELETON)
    control, head, body = report
    _write_control(control, catalogue.entries()[telegram_type].title, area.observatory, issued_at, status)
    summary = _write_head(head, area.place.name + _SUBJECTS[telegram_type], issued_at, info_type)
    child(summary, "Text", headline)
    if info_type is not InfoType.RETRACTION:
        write_layers(summary, body, area, lines)
    return etree.tostring(report, xml_declaration=True, encoding="UTF-8")


def file_name(telegram_type: str, area: OfficeArea, issued_at: datetime) -> str:
    """The name that JMA's feed would give it: `20260728094203_0_VPWW55_160000.xml` (jma.md §1.2)."""
    return f"{issued_at.astimezone(UTC):%Y%m%d%H%M%S}_0_{telegram_type}_{area.place.code}.xml"


def _write_control(control: etree._Element, title: str, observatory: str, issued_at: datetime, status: Status) -> None:
    child(control, "Title", title)
    child(control, "DateTime", f"{issued_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    child(control, "Status", _STATUS_WORDS[status])
    child(control, "EditorialOffice", observatory)
    child(control, "PublishingOffice", observatory)


def _write_head(head: etree._Element, title: str, issued_at: datetime, info_type: InfoType) -> etree._Element:
    minute = issued_at.astimezone(JST).replace(second=0, microsecond=0).isoformat()
    kind, version = WARNING_LAYOUT
    child(head, "Title", title)
    child(head, "ReportDateTime", minute)
    child(head, "TargetDateTime", minute)
    child(head, "EventID")
    child(head, "InfoType", _INFO_TYPE_WORDS[info_type])
    child(head, "Serial")
    child(head, "InfoKind", kind)
    child(head, "InfoKindVersion", version)
    return child(head, "Headline")
