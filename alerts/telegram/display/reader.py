"""Which family reads a display telegram, and what the app gets of it (contract.md, `display`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram.catalogue import area_in_name
from alerts.telegram.display.bulletin import read_bulletin
from alerts.telegram.display.content import Content, Display, DisplayKind, Telegram, json_of
from alerts.telegram.display.earthquake import read_earthquake
from alerts.telegram.display.forecast import read_forecast
from alerts.telegram.display.outlook import read_outlook
from alerts.telegram.display.storm_probability import read_storm_probability
from alerts.telegram.display.timeline import read_timeline
from alerts.telegram.display.typhoon import read_typhoon
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken
from alerts.telegram.reading import Reading


@dataclass(frozen=True, slots=True)
class _Family:
    """`lasts`: how long it is shown where it neither prints an end nor speaks of periods."""

    kind: DisplayKind
    read: Callable[[Telegram], Content | None]
    lasts: timedelta


_DAY = timedelta(days=1)
_FORECAST = _Family(DisplayKind.FORECAST, read_forecast, _DAY)
_OUTLOOK = _Family(DisplayKind.OUTLOOK, read_outlook, _DAY)
_BULLETIN = _Family(DisplayKind.BULLETIN, read_bulletin, 3 * _DAY)
_EARTHQUAKE = _Family(DisplayKind.EARTHQUAKE, read_earthquake, 7 * _DAY)
_FAMILIES = {
    "VPFD51": _FORECAST,
    "VPFW50": _FORECAST,
    "VPFG50": _Family(DisplayKind.FORECAST, read_bulletin, _DAY),
    "VPFD61": _OUTLOOK,
    "VPFW60": _OUTLOOK,
    "VPWP50": _Family(DisplayKind.TIMELINE, read_timeline, _DAY),
    "VPTW": _Family(DisplayKind.TYPHOON, read_typhoon, _DAY),
    "VPTA": _Family(DisplayKind.STORM_PROBABILITY, read_storm_probability, _DAY),
    "VPZJ51": _BULLETIN,
    "VPCJ51": _BULLETIN,
    "VPFJ51": _BULLETIN,
    "VPTI": _BULLETIN,
    "VPAW51": _BULLETIN,
    "VXSE52": _EARTHQUAKE,
    "VXSE56": _EARTHQUAKE,
    "VXSE60": _EARTHQUAKE,
    "VXSE61": _EARTHQUAKE,
    "VTSE51": _EARTHQUAKE,
    "VTSE52": _EARTHQUAKE,
    "VYSE52": _Family(DisplayKind.EARTHQUAKE, read_earthquake, 31 * _DAY),  # said once a month
    "VZSE40": _Family(DisplayKind.NOTICE, read_bulletin, 31 * _DAY),
}
_body_text = etree.XPath("string(*[local-name() = 'Body'])", smart_strings=False)  # in whichever namespace
_OF_ONE_OFFICE = frozenset({"VPFD51", "VPFW50", "VPFD61", "VPFW60"})  # each has every area of its office
_BY_STORM = ("VPTW", "VPTA")  # a typhoon may change its type when another one ends


def read_display(root: etree._Element, envelope: Envelope, city: CityCodes) -> Display:
    """What the app shows of the telegram; `content` is None where it does not concern the city.

    The type must be one of the catalogue's display types, with a unit; raises `KeyError` and `ValueError` otherwise.
    """
    content = _family(envelope).read(Telegram(root, envelope, city))
    return _display(envelope, content)


def withdrawn(envelope: Envelope) -> Display:
    """What a retraction (取消) leaves of what its chain showed: nothing. Raises as `read_display`."""
    return _display(envelope, None)


def read_displayed(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """Nothing about the city's hazards: a Kind that such a telegram repeats is no warning (VTSE51, jma.md §3.3)."""
    if not str(_body_text(root)).strip():
        return broken("has no Body or an empty one")
    shown = read_display(root, envelope, city)
    if shown.content is None:
        return Findings(f"says nothing for the app of {city.name}: {envelope.head_title}", display=shown)
    if shown.kind is DisplayKind.NOTICE:
        return Findings(f"is shown to operators and never pushed: {envelope.head_title}", display=shown)
    return Findings(f"is shown in the app of {city.name} and never pushed: {envelope.head_title}", display=shown)


def lacks_city(found: Findings, reading: Reading, city: CityCodes) -> bool:
    """Whether the city's own office forecasts without the city's area: broken, not none of its concern.

    Its file name alone says whose a forecast is (jma.md §1.2).
    """
    whole = found.display is not None and found.display.content is not None
    return reading.type in _OF_ONE_OFFICE and not whole and area_in_name(reading.file) == city.office


def _display(envelope: Envelope, content: Content | None) -> Display:
    family = _family(envelope)
    return Display(
        kind=family.kind,
        key=f"{family.kind}/{_chain(envelope)}",
        title=envelope.head_title,
        headline=envelope.headline,
        valid_until=_valid_until(envelope, content, family.lasts),
        content=None if content is None else json_of(content),
    )


def _family(envelope: Envelope) -> _Family:
    name = envelope.type or ""
    return _FAMILIES[name if name in _FAMILIES else name[:4]]


def _chain(envelope: Envelope) -> str:
    if envelope.unit is None:
        raise ValueError(f"{envelope.type} has no unit: nothing says what it replaces")
    if envelope.unit.startswith(_BY_STORM):
        return f"{envelope.unit[:4]}{envelope.unit[6:]}"
    return envelope.unit


def _valid_until(envelope: Envelope, content: Content | None, lasts: timedelta) -> datetime:
    printed = envelope.valid_until or (content.ends if content else None)
    return envelope.issued_at + lasts if printed is None else printed
