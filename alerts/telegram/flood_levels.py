"""What a telegram about a river's flood says of each station's reach, and the 警戒レベル it states (jma.md §3.4)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from alerts.telegram.extent import Station
from alerts.telegram.flood_layout import FloodLayout
from alerts.telegram.texts import all_of, text_of, texts_of

LOWEST_LEVEL = 2
BELOW = 0  # a text without 【警戒レベル…】: below level 2
UNREADABLE = -1

_STATIONS = "m:Stations/m:Station"
_LEVEL = re.compile(r"【\s*警戒レベル\s*([^】]*)】")
_DIGITS = {"1": BELOW, "2": 2, "3": 3, "4": 4, "5": 5}


@dataclass(slots=True)
class Said:
    """What is said of one station's reach: its texts, each once however often it comes, and the levels they state."""

    name: str
    texts: dict[str, None] = field(default_factory=dict)
    levels: set[int] = field(default_factory=set)

    @property
    def level(self) -> int | None:
        """The level that all of it gives together, `BELOW`, `UNREADABLE`, or None where nothing is said."""
        return UNREADABLE if UNREADABLE in self.levels else max(self.levels, default=None)


def said_by_station(items: list[etree._Element], layout: FloodLayout) -> dict[str, Said]:
    """By the station's code; the Items are those of the body."""
    said: dict[str, Said] = {}
    for item in items:
        texts, levels = _texts(item, layout), set(_levels(item, layout))
        for station in all_of(item, _STATIONS):
            if code := text_of(station, "m:Code"):
                of_station = said.setdefault(code, Said(text_of(station, "m:Name")))
                of_station.texts |= dict.fromkeys(texts)
                of_station.levels |= levels
    return said


def stations_in_danger(said: dict[str, Said]) -> Iterator[Station]:
    """The stations of which level 2 or more is stated."""
    for code, of_station in said.items():
        level = of_station.level
        if level is not None and level >= LOWEST_LEVEL:
            yield Station(code, of_station.name, level)


def stated_level(text: str) -> int:
    """The highest level that a text states in brackets."""
    found = _LEVEL.findall(unicodedata.normalize("NFKC", text))
    levels = [_DIGITS.get(level[:1], UNREADABLE) for level in found]
    return UNREADABLE if UNREADABLE in levels else max(levels, default=BELOW)


def _texts(item: etree._Element, layout: FloodLayout) -> list[str]:
    properties = all_of(item, "m:Kind/m:Property")
    own = (text_of(each, "m:Text") for each in properties if text_of(each, "m:Type") == layout.text)
    return [text for text in own if text]


def _levels(item: etree._Element, layout: FloodLayout) -> Iterator[int]:
    """Those of the texts, and those that stand in a field of their own: there, what is no level is not understood."""
    yield from map(stated_level, _texts(item, layout))
    if layout.danger:
        for name in texts_of(item, layout.danger):
            yield stated_level(f"【{name}】") if name.startswith("警戒レベル") else UNREADABLE
