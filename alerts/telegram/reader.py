"""One telegram in, a reading for one city out: status, type and family decide what becomes of it (contract.md)."""

from dataclasses import replace

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import catalogue, kinds
from alerts.telegram.catalogue import UnitScheme
from alerts.telegram.control import Header, envelope_of, read_header
from alerts.telegram.display.reader import lacks_city, withdrawn
from alerts.telegram.envelope import Envelope, InfoType, Status
from alerts.telegram.families import FAMILIES
from alerts.telegram.findings import Findings, broken
from alerts.telegram.reading import Outcome, Reading
from alerts.telegram.xml import BrokenTelegramError, parse

_READ_OUTCOMES = (Outcome.LIVE, Outcome.DISPLAY)
_DRILL_STATUSES = {Status.EXERCISE: "訓練", Status.TEST: "試験"}


def read_telegram(raw: bytes, file: str, city: CityCodes) -> Reading:
    """Reads a telegram for the city; whatever is broken or unknown is held with the reason, nothing is raised (R16).

    `file` is the name or path it came under; it gives the type where it holds one. An exercise or test is `drill`,
    with the notices that an actual one would have: nobody may act on them in the live world (R1).
    """
    try:
        root = parse(raw)
    except BrokenTelegramError as broken:
        return Reading(file, None, Outcome.HOLD, broken.reason, type=catalogue.type_in_name(file))
    header = read_header(root, file)
    envelope, flaw = _envelope(header)
    outcome, reason = _verdict(header, flaw, city)
    reading = Reading(
        file, envelope, outcome, reason, type=header.type, status=header.status, info_type=header.info_type
    )
    if outcome in _READ_OUTCOMES:
        reading = _with_findings(reading, root, city)
    if header.status not in _DRILL_STATUSES:
        return reading
    return replace(reading, outcome=Outcome.DRILL, reason=f"Status {_DRILL_STATUSES[header.status]}. {reading.reason}")


def _envelope(header: Header) -> tuple[Envelope | None, str]:
    """The envelope, or None and why it is not whole."""
    try:
        return envelope_of(header), ""
    except BrokenTelegramError as broken:
        return None, broken.reason


def _verdict(header: Header, flaw: str, city: CityCodes) -> tuple[Outcome, str]:
    """What is decided before the body is looked at; after LIVE or DISPLAY the family's reader has the word."""
    name, entry = header.type, catalogue.entries().get(header.type or "")
    if header.status is Status.UNKNOWN:
        return Outcome.HOLD, "Unknown Control/Status: it is none of 通常, 訓練, 試験."
    if header.info_type is InfoType.UNKNOWN:
        return Outcome.HOLD, "Unknown Head/InfoType: it is none of 発表, 訂正, 遅延, 取消."
    if entry is None:
        return Outcome.HOLD, f"Unknown type {name or 'with the title ' + header.title}: add it to the catalogue."
    if name not in catalogue.types_of_title().get(header.title, (name,)):
        return Outcome.HOLD, f"The file is named {name}, but its title is {header.title}."
    outcome = entry.outcome_for(city)
    if outcome in _READ_OUTCOMES and flaw:
        return Outcome.HOLD, flaw
    return outcome, f"{name} {entry.title}: {entry.why}"


def _with_findings(reading: Reading, root: etree._Element, city: CityCodes) -> Reading:
    """The reading with what its family's reader found in the body."""
    envelope, entry = reading.envelope, catalogue.entries()[reading.type or ""]
    if envelope is None or envelope.unit is None:
        missing = "EditorialOffice" if entry.unit is UnitScheme.OFFICE else "EventID"
        return replace(reading, outcome=Outcome.HOLD, reason=f"Broken: {reading.type} without {missing}.")
    if envelope.info_type is InfoType.RETRACTION:
        display = withdrawn(envelope) if reading.outcome is Outcome.DISPLAY else None
        found = Findings("withdraws what its unit said before", (), kinds.hazards_of(envelope.type), display=display)
    else:
        found = FAMILIES[entry.reader].read(root, envelope, city)
        if lacks_city(found, reading, city):
            found = broken(f"is of {city.name}'s own office {city.office} without its area")
    oddities = (*_layout_oddity(envelope, entry.reader), *found.oddities)
    return replace(
        reading,
        outcome=Outcome.HOLD if found.broken or found.unknown_codes else reading.outcome,
        reason=" ".join((_reason(reading, found, city), *oddities)),
        notices=found.notices,
        hazards=found.hazards,
        unknown_codes=found.unknown_codes,
        oddities=oddities,
        display=found.display,
    )


def _reason(reading: Reading, found: Findings, city: CityCodes) -> str:
    said = f"{reading.type} {found.remark}"
    if found.broken:
        return f"Broken: {said}."
    if not found.unknown_codes:
        return f"{said}."
    codes = ", ".join(found.unknown_codes)
    return f"Unknown Kind {codes} in the Item of {city.name}: held for the office, what is understood acts. {said}."


def _layout_oddity(envelope: Envelope, reader: str) -> tuple[str, ...]:
    """An unknown layout is read if every required element is found, but the office is told (design.md §3)."""
    layout, known = (envelope.info_kind, envelope.info_kind_version), FAMILIES[reader].layouts
    if layout in known or not known:
        return ()
    expected = " or ".join(" ".join(each) for each in known)
    return (f"{envelope.type} has the layout {layout[0]} {layout[1]}, not {expected}.",)
