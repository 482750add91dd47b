"""What the body of a telegram about a river's flood says about one municipality (jma.md §3.4).

A text (主文, or 概況 in VXSU) states the level of the reach of one or more stations, an Area of 浸水想定地区 ties a
station to a municipality. So one telegram holds several levels, and the municipality's is the highest of its
own stations.
"""

from dataclasses import dataclass

from lxml import etree

from alerts.telegram.extent import Station
from alerts.telegram.flood_layout import FloodLayout
from alerts.telegram.flood_levels import UNREADABLE, Said, said_by_station, stations_in_danger
from alerts.telegram.sub_areas import sub_areas_of
from alerts.telegram.texts import all_of, text_of, texts_of

_LIKELY = "浸水想定地区"
_BROKEN_OUT = "浸水想定地区（氾濫発生情報）"


@dataclass(frozen=True, slots=True)
class Reach:
    """What is said about the reach of one station of the municipality.

    `level` is 2 to 5, `BELOW`, `UNREADABLE`, or None where the station has no text and nothing is said. `parts` is None
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
    all gauges, also of other municipalities, whose text states level 2 or more.
    """

    listed: bool
    reaches: tuple[Reach, ...]
    outbreak: tuple[tuple[str, ...] | None, ...]
    stations: tuple[Station, ...]


def read_flood_body(root: etree._Element, municipality: str, layout: FloodLayout) -> FloodBody:
    """Collects what the body says; an empty body gives nothing listed."""
    items = all_of(root, layout.items)
    likely, outbreak = _lists(items, layout, _LIKELY), _lists(items, layout, _BROKEN_OUT)
    said = said_by_station(items, layout)
    return FloodBody(
        listed=any(map(_areas, (*likely, *outbreak))),
        reaches=tuple(
            _reach(station, area, said)
            for item in likely
            for area in _areas(item)
            if _names(area, municipality)
            for station in _stations_of(item, area, layout)
        ),
        outbreak=tuple(sub_areas_of(area) for item in outbreak for area in _areas(item) if _names(area, municipality)),
        stations=tuple(stations_in_danger(said)),
    )


def _lists(items: list[etree._Element], layout: FloodLayout, name: str) -> list[etree._Element]:
    """The Items that list municipalities under this name."""
    return [item for item in items if name in texts_of(item, layout.what)]


def _areas(item: etree._Element) -> list[etree._Element]:
    return all_of(item, "m:Areas/m:Area")


def _names(area: etree._Element, municipality: str) -> bool:
    """By its CityCode, or as one of the parts that warnings tell apart where a municipality is divided for them."""
    return municipality in (text_of(area, "m:CityCode"), text_of(area, "m:Code"))


def _stations_of(item: etree._Element, area: etree._Element, layout: FloodLayout) -> list[str]:
    """The stations whose reach floods the Area; an empty code where none is named."""
    named = texts_of(item, layout.stations) if layout.stations else texts_of(area, "m:Code")
    return list(named) or [""]


def _reach(station: str, area: etree._Element, said: dict[str, Said]) -> Reach:
    parts = sub_areas_of(area)
    if not station:
        return Reach("without station", text_of(area, "m:Name"), UNREADABLE, "", parts)
    of_station = said.get(station) or Said(text_of(area, "m:Name"))
    return Reach(station, of_station.name, of_station.level, "\n".join(of_station.texts), parts)
