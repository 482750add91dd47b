"""Reads VPWS50, all warnings of all Japan in one telegram, for one municipality: for recovery only (jma.md §1.5, §3.3).

What it says of the city is told apart by kind of warning, as seven readings: as if VPWW55 to VPWW61 had come together.
River floods are not in it.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from lxml import etree

from alerts.chain import WARNINGS
from alerts.city.codes import CityCodes
from alerts.telegram import catalogue, kinds
from alerts.telegram.control import Header, envelope_of, read_header
from alerts.telegram.envelope import Envelope, InfoType, Status
from alerts.telegram.layout import BODY
from alerts.telegram.notice import Notice, one_a_hazard
from alerts.telegram.reading import Outcome, Reading
from alerts.telegram.warnings import city_kinds, read_kind
from alerts.telegram.xml import BrokenTelegramError, parse

TYPE = "VPWS50"
_OUTCOMES = {Status.ACTUAL: Outcome.LIVE, Status.EXERCISE: Outcome.DRILL, Status.TEST: Outcome.DRILL}
_REFUSED = frozenset({InfoType.RETRACTION, InfoType.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`readings` are empty where nothing can be taken from the telegram; `reason` says why, or what is unknown."""

    readings: tuple[Reading, ...]
    reason: str = ""


def read_snapshot(raw: bytes, file: str, city: CityCodes) -> Snapshot:
    """What a VPWS50 says about the city. Raises nothing: what cannot be read is said in `reason` (R16).

    Without Control/DateTime its ReportDateTime is its time: cut to the minute, it loses against any newer telegram.
    """
    try:
        root = parse(raw)
        envelope = _envelope(read_header(root, file))
    except BrokenTelegramError as broken:
        return Snapshot((), broken.reason)
    outcome = _OUTCOMES.get(envelope.status)
    if outcome is None or envelope.info_type in _REFUSED:
        return Snapshot((), f"{TYPE} is {envelope.status}, {envelope.info_type}: it states nothing.")
    elements = city_kinds(root, city)
    if not elements:
        return Snapshot((), f"{TYPE} has no Item for {city.name} ({city.municipality}).")
    return _told_apart(elements, envelope, outcome, file)


def _envelope(header: Header) -> Envelope:
    """The envelope under the type and unit of the snapshot, whoever edited it. Raises `BrokenTelegramError`."""
    if header.title != catalogue.entries()[TYPE].title:
        raise BrokenTelegramError(f"Not a {TYPE}: its title is {header.title or 'missing'}.")
    report_time = header.head.get("ReportDateTime", "")
    control = {"DateTime": report_time} | header.control
    envelope = envelope_of(replace(header, type=TYPE, control=control))
    return replace(envelope, unit=f"{TYPE}/{envelope.status}/{envelope.editorial_office or '-'}")


def _told_apart(elements: list[etree._Element], envelope: Envelope, outcome: Outcome, file: str) -> Snapshot:
    unknown: list[str] = []
    notices: dict[str, list[Notice]] = defaultdict(list)
    for element in elements:
        telegram_type = _type_of(element)
        found = read_kind(telegram_type, element)
        if isinstance(found, str):
            unknown.append(found)
        elif found is not None:
            notices[telegram_type].append(found)
    reason = f"Unknown Kind {', '.join(dict.fromkeys(unknown))}: only what is understood counts." if unknown else ""
    parts = (_part(one, envelope, outcome, file, notices[one], whole=not unknown) for one in WARNINGS)
    return Snapshot(tuple(parts), reason)


def _type_of(element: etree._Element) -> str:
    """The type whose table knows the Kind: among the warnings every code has one meaning (jma.md §3.2)."""
    code = (element.findtext(f"{{{BODY}}}Code") or "").strip()
    return next((one for one in WARNINGS if kinds.find(one, code)), WARNINGS[0])


def _part(
    telegram_type: str, envelope: Envelope, outcome: Outcome, file: str, notices: list[Notice], *, whole: bool
) -> Reading:
    """What the telegram of one type would say. Beside what is unknown nothing is ended (R16)."""
    said = one_a_hazard(notices)
    return Reading(
        file,
        replace(envelope, type=telegram_type, unit=f"{envelope.unit}/{telegram_type}"),
        outcome,
        f"{TYPE} says: {'、'.join(one.name for one in said) or 'nothing in force'}.",
        said,
        kinds.hazards_of(telegram_type) if whole else frozenset(one.hazard for one in said),
        type=telegram_type,
        status=envelope.status,
        info_type=envelope.info_type,
    )
