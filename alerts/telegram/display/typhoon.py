"""Typhoons: where one is, and where it goes (VPTW60-65)."""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from alerts.telegram.display.content import Content, Telegram
from alerts.telegram.display.periods import whole
from alerts.telegram.texts import all_of, text_of, texts_of, time_of

_INFO = "m:Body/m:MeteorologicalInfos/m:MeteorologicalInfo"
_PROPERTY = "m:Item/m:Kind/m:Property"
_CENTRE = f"{_PROPERTY}/m:CenterPart"
_CIRCLE = f"{_CENTRE}/m:ProbabilityCircle"
_DEGREES = re.compile(r"([+-][0-9]{1,2}(?:\.[0-9]{1,4})?)([+-][0-9]{1,3}(?:\.[0-9]{1,4})?)/?", re.ASCII)
_POSITION = "中心位置（度）"
_NAMES = ("Name", "NameKana", "Number", "Remark")
_STORM_AREAS = ("暴風域", "暴風警戒域")


@dataclass(frozen=True, slots=True)
class TyphoonPoint:
    """Where the centre is or is expected. Radii are the widest of all directions; None where JMA gives none."""

    at: datetime
    what: str  # 実況, 推定　１時間後, 予報　１２時間後
    latitude: float
    longitude: float
    location: str | None
    category: str | None  # 台風(TY)
    size: str | None  # 大型
    strength: str | None  # 非常に強い
    direction: str | None
    speed_kmh: int | None
    pressure_hpa: int | None
    wind_ms: int | None
    gust_ms: int | None
    circle_km: int | None  # of 70 per cent probability
    storm_km: int | None  # 25 m/s and more


@dataclass(frozen=True, slots=True)
class Typhoon(Content):
    """One typhoon or tropical depression; `event` ties it to its storm probability."""

    event: str
    name: str | None
    kana: str | None
    number: str | None  # yynn
    remark: str | None  # 台風発生予想, 台風消滅
    points: tuple[TyphoonPoint, ...]


def read_typhoon(telegram: Telegram) -> Typhoon | None:
    """The typhoon, wherever it is: how far from the city is reckoned when it is shown."""
    infos = all_of(telegram.root, _INFO)
    points = tuple(point for info in infos if (point := _point(info)) is not None)
    if not points:
        return None
    named = f"{_PROPERTY}/m:TyphoonNamePart/m:"
    name, kana, number, remark = (_first(infos, named + tag) for tag in _NAMES)
    return Typhoon(telegram.envelope.event_id or "", name, kana, number, remark, points)


def _point(info: etree._Element) -> TyphoonPoint | None:
    at, position = time_of(text_of(info, "m:DateTime")), _position(info)
    if at is None or position is None:
        return None
    stated = f"{_PROPERTY}/m:ClassPart/e:"
    return TyphoonPoint(
        at,
        next((each.get("type", "") for each in all_of(info, "m:DateTime[1]")), ""),
        *position,
        location=text_of(info, f"{_CENTRE}/m:Location") or None,
        category=text_of(info, f"{stated}TyphoonClass") or None,
        size=text_of(info, f"{stated}AreaClass") or None,
        strength=text_of(info, f"{stated}IntensityClass") or None,
        direction=text_of(info, f"{_CENTRE}/e:Direction") or None,
        speed_kmh=_number(info, f"{_CENTRE}/e:Speed", "km/h"),
        pressure_hpa=_number(info, f"{_CENTRE}/e:Pressure", "hPa"),
        wind_ms=_number(info, f"{_PROPERTY}/m:WindPart/e:WindSpeed[@type='最大風速']", "m/s"),
        gust_ms=_number(info, f"{_PROPERTY}/m:WindPart/e:WindSpeed[@type='最大瞬間風速']", "m/s"),
        circle_km=_number(info, f"{_CIRCLE}/descendant::e:Radius", "km"),
        storm_km=_storm(info),
    )


def _first(infos: list[etree._Element], path: str) -> str | None:
    return next((text for info in infos if (text := text_of(info, path))), None)


def _position(info: etree._Element) -> tuple[float, float] | None:
    for path in (f"{_CENTRE}/e:Coordinate", f"{_CIRCLE}/e:BasePoint"):
        for text in texts_of(info, f"{path}[@type='{_POSITION}']"):
            if found := _DEGREES.fullmatch(text):
                return float(found[1]), float(found[2])
    return None


def _storm(info: etree._Element) -> int | None:
    for area in _STORM_AREAS:
        radius = _number(info, f"{_PROPERTY}/m:WarningAreaPart[@type='{area}']/descendant::e:Radius", "km")
        if radius is not None:
            return radius
    return None


def _number(info: etree._Element, path: str, unit: str) -> int | None:
    """The largest number in this unit."""
    numbers = (whole(text) for text in texts_of(info, f"{path}[@unit='{unit}']"))
    return max((number for number in numbers if number is not None), default=None)
