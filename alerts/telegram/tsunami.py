"""Reads VTSE41, tsunami warnings by tsunami region (jma.md §3.5)."""

from collections.abc import Iterator

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.hypocentre import earthquake_lines
from alerts.telegram.notice import Notice, notice_of, one_a_hazard
from alerts.telegram.texts import all_of, coded, mentions, text_of, texts_of, time_of
from alerts.times import JST

_ITEMS = "s:Body/s:Tsunami/s:Forecast/s:Item"
_KIND = "s:Category/s:Kind"


def read_tsunami(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VTSE41 says about the city's tsunami region; it lists all regions that are in force each time."""
    if not all_of(root, f"({_ITEMS})[1]"):
        return broken("has no Tsunami/Forecast with an area")
    own = coded(root, _ITEMS, "s:Area/s:Code", city.tsunami_region)
    if not own and mentions(root, "s:Body/s:Tsunami/s:Forecast", city.tsunami_region):
        return broken(f"names the tsunami region of {city.name} where no reader looks")
    of_earthquakes = tuple(earthquake_lines(root))
    found = [_notice(item, envelope, of_earthquakes) for item in own]
    notices = one_a_hazard(each for each in found if isinstance(each, Notice))
    return said(envelope, city, notices, [each for each in found if isinstance(each, str)])


def _notice(item: etree._Element, envelope: Envelope, of_earthquakes: tuple[str, ...]) -> Notice | str:
    """The notice of one region, or the code that no table knows."""
    code = text_of(item, f"{_KIND}/s:Code")
    kind = kinds.find(envelope.type, code)
    if kind is None:
        return code or "without code"
    name = text_of(item, f"{_KIND}/s:Name")
    details = (*_expected(item), *of_earthquakes)
    return notice_of(kind, name=name, details=details, valid_until=envelope.valid_until)


def _expected(item: etree._Element) -> Iterator[str]:
    """When the first wave is expected and how high it gets, as far as JMA states it."""
    arrival = time_of(text_of(item, "s:FirstHeight/s:ArrivalTime"))
    if arrival is not None:
        local = arrival.astimezone(JST)
        yield f"第１波の到達予想時刻：{local.day}日{local.hour}時{local.minute:02}分"
    yield from texts_of(item, "s:FirstHeight/s:Condition")
    for height in all_of(item, "s:MaxHeight/e:TsunamiHeight"):
        if described := height.get("description", "").strip():
            yield f"予想される津波の高さ：{described}"
