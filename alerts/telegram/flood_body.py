"""What the body of a river flood forecast says about one municipality (jma.md §3.4).

A 主文 states the level of the reach of one or more stations, an Area of 浸水想定地区 ties a station to a municipality.
So one telegram holds several levels, and the municipality's is the highest of its own stations.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from alerts.telegram.extent import Station
from alerts.telegram.sub_areas import sub_areas_of
from alerts.telegram.texts import all_of, text_of, texts_of

LOWEST_LEVEL = 2
BELOW = 0  # a 主文 without 【警戒レベル…】: below level 2
UNREADABLE = -1

_ITEMS = "m:Body/m:Warning[@type='指定河川洪水予報']/m:Item"
_LIKELY = "浸水想定地区"
_BROKEN_OUT = "浸水想定地区（氾濫発生情報）"
_LEVEL = re.compile(r"【\s*警戒レベル\s*([^】]*)】")
_DIGITS = {"1": BELOW, "2": 2, "3": 3, "4": 4, "5": 5}


@dataclass(frozen=True, slots=True)
class Reach:
    """What is said about the reach of one station of the municipality.

    `level` is 2 to 5, `BELOW`, `UNREADABLE`, or None where the station has no 主文 and nothing is said. `parts` is None
    where the whole municipality may be flooded.
    """

    station: str  # its code
    name: str
    level: int | None
    text: str
    parts: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class FloodBody:
    """The municipality in the body: `listed` if any is named at all, its own reaches, and where water is out.

    `outbreak` holds the parts of each Area of 浸水想定地区（氾濫発生情報） that names the municipality. `stations` are
    all gauges, also of other municipalities, whose 主文 states level 2 or more.
    """

    listed: bool
    reaches: tuple[Reach, ...]
    outbreak: tuple[tuple[str, ...] | None, ...]
    stations: tuple[Station, ...]


def read_flood_body(root: etree._Element, municipality: str) -> FloodBody:
    """Collects what the body says; an empty body gives nothing listed."""
    items = all_of(root, _ITEMS)
    likely, outbreak = _areas(items, _LIKELY), _areas(items, _BROKEN_OUT)
    texts = _texts_by_station(items)
    return FloodBody(
        listed=bool(likely or outbreak),
        reaches=tuple(_reach(area, texts) for area in likely if _names(area, municipality)),
        outbreak=tuple(sub_areas_of(area) for area in outbreak if _names(area, municipality)),
        stations=tuple(_stations(items, texts)),
    )


def stated_level(text: str) -> int:
    """The highest level that a 主文 states in brackets."""
    found = _LEVEL.findall(unicodedata.normalize("NFKC", text))
    levels = [_DIGITS.get(level[:1], UNREADABLE) for level in found]
    return UNREADABLE if UNREADABLE in levels else max(levels, default=BELOW)


def _areas(items: list[etree._Element], name: str) -> list[etree._Element]:
    return [
        area
        for item in items
        if any(text_of(kind, "m:Name") == name for kind in all_of(item, "m:Kind"))
        for area in all_of(item, "m:Areas/m:Area")
    ]


def _names(area: etree._Element, municipality: str) -> bool:
    return text_of(area, "m:CityCode") == municipality


def _texts_by_station(items: list[etree._Element]) -> dict[str, list[str]]:
    """Every 主文 of a station, each once however often it comes."""
    texts: dict[str, dict[str, None]] = {}
    for item in items:
        said = {
            text_of(each, "m:Text"): None
            for each in all_of(item, "m:Kind/m:Property")
            if text_of(each, "m:Type") == "主文"
        }
        for station in set(texts_of(item, "m:Stations/m:Station/m:Code")):
            texts.setdefault(station, {}).update(said)
    return {station: list(filter(None, said)) for station, said in texts.items()}


def _reach(area: etree._Element, texts: dict[str, list[str]]) -> Reach:
    station = text_of(area, "m:Code")
    name, said = text_of(area, "m:Name"), texts.get(station, [])
    if not station:
        return Reach("without station", name, UNREADABLE, "", sub_areas_of(area))
    return Reach(station, name, _level(said), "\n".join(said), sub_areas_of(area))


def _level(said: list[str]) -> int | None:
    """The level that all 主文 of one station give together; None without any."""
    levels = [stated_level(text) for text in said]
    return UNREADABLE if UNREADABLE in levels else max(levels, default=None)


def _stations(items: list[etree._Element], texts: dict[str, list[str]]) -> Iterator[Station]:
    named = {
        text_of(station, "m:Code"): text_of(station, "m:Name")
        for item in items
        for station in all_of(item, "m:Stations/m:Station")
    }
    for code, name in named.items():
        level = _level(texts.get(code, []))
        if level is not None and level >= LOWEST_LEVEL:
            yield Station(code, name, level)
