"""Earthquakes and tsunami in words and figures (VXSE43-45, 52, 56, 60, 61; VTSE51, 52; VYSE52): none is pushed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from alerts.telegram.display.content import Content, Telegram
from alerts.telegram.display.early_warning import TYPES, EarlyWarning, is_assumed, read_early_warning
from alerts.telegram.display.periods import whole
from alerts.telegram.texts import all_of, coded, text_of, texts_of, time_of

_TEXTS = (
    "Text",
    "EarthquakeInfo/s:Text",
    "NextAdvisory",
    "Comments/s:ForecastComment/s:Text",
    "Comments/s:FreeFormComment",
)
_TSUNAMI = ("VTSE51", "VTSE52")
_SECTIONS = ("Forecast", "Observation", "Estimation")


@dataclass(frozen=True, slots=True)
class Hypocentre:
    """Where and how strong, in JMA's words: numbers may be NaN where the words say Ｍ８を超える巨大地震."""

    origin_at: datetime | None
    name: str
    where: str | None  # 北緯３４．８度　東経１３８．５度　深さ　１０ｋｍ
    magnitude: str | None  # Ｍ６．６


@dataclass(frozen=True, slots=True)
class Count:
    """Earthquakes within a time; None where JMA gives no number (-1)."""

    what: str
    start: datetime
    end: datetime
    number: int | None
    felt: int | None


@dataclass(frozen=True, slots=True)
class Wave:
    """A tsunami at a place of the city's tsunami region: expected or observed, in JMA's words where not a time."""

    section: str  # Forecast, Observation, Estimation
    place: str
    kind: str | None  # 津波注意報：発表; repeats VTSE41 and is no warning of its own
    arrival_at: datetime | None
    arrival: str | None  # 津波到達中と推測, 第１波の到達を確認
    height: str | None


@dataclass(frozen=True, slots=True)
class EarthquakeInfo(Content):
    """What one telegram says of an earthquake or a tsunami; `event` is its EventID."""

    event: str
    texts: tuple[str, ...]
    hypocentres: tuple[Hypocentre, ...]
    counts: tuple[Count, ...]
    waves: tuple[Wave, ...]
    early_warning: EarlyWarning | None  # of VXSE43-45, which a city may switch on


def read_earthquake(telegram: Telegram) -> EarthquakeInfo | None:
    """Earthquakes concern everybody; a tsunami's times and heights only where they name the city's tsunami region."""
    root, envelope, city = telegram.root, telegram.envelope, telegram.city
    waves = tuple(_waves(root, city.tsunami_region))
    if envelope.type in _TSUNAMI and not waves:
        return None
    return EarthquakeInfo(
        event=envelope.event_id or "",
        texts=tuple(text for path in _TEXTS for text in texts_of(root, f"s:Body/s:{path}")),
        hypocentres=tuple(_hypocentre(each) for each in all_of(root, "s:Body/s:Earthquake") if not is_assumed(each)),
        counts=tuple(_counts(root)),
        waves=waves,
        early_warning=read_early_warning(root, city.quake_region) if envelope.type in TYPES else None,
    )


def _hypocentre(earthquake: etree._Element) -> Hypocentre:
    return Hypocentre(
        time_of(text_of(earthquake, "s:OriginTime")),
        text_of(earthquake, "s:Hypocenter/s:Area/s:Name"),
        _described(earthquake, "s:Hypocenter/s:Area/e:Coordinate"),
        _described(earthquake, "e:Magnitude"),
    )


def _counts(root: etree._Element) -> Iterator[Count]:
    for item in all_of(root, "s:Body/s:EarthquakeCount/s:Item"):
        start, end = time_of(text_of(item, "s:StartTime")), time_of(text_of(item, "s:EndTime"))
        if start and end:
            numbers = (_counted(text_of(item, f"s:{tag}")) for tag in ("Number", "FeltNumber"))
            yield Count(item.get("type", ""), start, end, *numbers)


def _waves(root: etree._Element, region: str) -> Iterator[Wave]:
    for section in _SECTIONS:
        for item in coded(root, f"s:Body/s:Tsunami/s:{section}/s:Item", "s:Area/s:Code", region):
            if all_of(item, "s:FirstHeight | s:MaxHeight | s:Category"):
                yield _wave(section, text_of(item, "s:Area/s:Name"), item)
            yield from (_wave(section, text_of(at, "s:Name"), at) for at in all_of(item, "s:Station"))


def _wave(section: str, place: str, stated: etree._Element) -> Wave:
    return Wave(
        section,
        place,
        text_of(stated, "s:Category/s:Kind/s:Name") or None,
        time_of(text_of(stated, "s:FirstHeight/s:ArrivalTime")),
        text_of(stated, "s:FirstHeight/s:Condition") or None,
        _described(stated, "s:MaxHeight/e:TsunamiHeight") or text_of(stated, "s:MaxHeight/s:Condition") or None,
    )


def _counted(text: str) -> int | None:
    number = whole(text)
    return None if number is None or number < 0 else number


def _described(element: etree._Element, path: str) -> str | None:
    return next((text for each in all_of(element, path) if (text := each.get("description", "").strip())), None)
