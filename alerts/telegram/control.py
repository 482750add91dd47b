"""Reads Control and Head: what a telegram says of itself (jma.md §2)."""

from dataclasses import dataclass

from lxml import etree

from alerts.telegram import catalogue
from alerts.telegram.envelope import Envelope, InfoType, Status
from alerts.telegram.layout import HEAD, REPORT
from alerts.telegram.texts import text_of, time_of
from alerts.telegram.unit import unit_of
from alerts.telegram.xml import BrokenTelegramError

_STATUSES = {"通常": Status.ACTUAL, "訓練": Status.EXERCISE, "試験": Status.TEST}
_INFO_TYPES = {
    "発表": InfoType.ISSUE,
    "訂正": InfoType.CORRECTION,
    "遅延": InfoType.DELAY,
    "取消": InfoType.RETRACTION,
}
_MAX_NAME = 100  # of an office or an event: they become keys in the store


@dataclass(frozen=True, slots=True)
class Header:
    """Type, title, status and InfoType, known also where the rest is not whole, and the texts the rest is made of."""

    type: str | None
    title: str
    status: Status
    info_type: InfoType
    control: dict[str, str]
    head: dict[str, str]
    headline: str | None


def read_header(root: etree._Element, file: str) -> Header:
    """The header of any `Report`; what is missing or unknown stays unknown (R16). Raises nothing."""
    control, head = _texts(root.find(f"{{{REPORT}}}Control")), _texts(root.find(f"{{{HEAD}}}Head"))
    title = control.get("Title", "")
    titled = catalogue.types_of_title().get(title, (None,))[0]
    return Header(
        type=catalogue.type_in_name(file) or titled,
        title=title,
        status=_STATUSES.get(control.get("Status", ""), Status.UNKNOWN),
        info_type=_INFO_TYPES.get(head.get("InfoType", ""), InfoType.UNKNOWN),
        control=control,
        head=head,
        headline=text_of(root, "h:Head/h:Headline/h:Text") or None,
    )


def envelope_of(header: Header) -> Envelope:
    """The whole envelope.

    Raises `BrokenTelegramError` if Control, Head or an aware Control/DateTime is missing: without the send time a
    telegram has no place in the order of its unit.
    """
    control, head = header.control, header.head
    issued_at = time_of(control.get("DateTime"))
    if not head or issued_at is None:
        raise BrokenTelegramError("Broken: Control, Head or a Control/DateTime with its time zone is missing.")
    office, event_id = control.get("EditorialOffice", ""), head.get("EventID")
    if max(len(office), len(event_id or "")) > _MAX_NAME:
        raise BrokenTelegramError(f"Broken: EditorialOffice or EventID has more than {_MAX_NAME} characters.")
    return Envelope(
        type=header.type,
        title=header.title,
        status=header.status,
        info_type=header.info_type,
        issued_at=issued_at,
        reported_at=time_of(head.get("ReportDateTime")),
        target_at=time_of(head.get("TargetDateTime")),
        valid_until=time_of(head.get("ValidDateTime")),
        editorial_office=office,
        publishing_office=control.get("PublishingOffice", ""),
        event_id=event_id,
        serial=head.get("Serial"),
        head_title=head.get("Title", ""),
        headline=header.headline,
        info_kind=head.get("InfoKind"),
        info_kind_version=head.get("InfoKindVersion"),
        unit=unit_of(header.type, header.status, office, event_id),
    )


def _texts(parent: etree._Element | None) -> dict[str, str]:
    """The stripped texts of the children by local name, without empty ones; of a repeated child the first counts."""
    if parent is None:
        return {}
    namespace = parent.tag[: parent.tag.index("}") + 1]
    texts = {child.tag.removeprefix(namespace): (child.text or "").strip() for child in reversed(parent)}
    return {name: text for name, text in texts.items() if text}
