"""Reads VXKO50-89, floods of designated rivers, and VXSU50-59, of rivers with notified levels (jma.md §3.1, §3.4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.extent import Extent, Station, SubArea
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.flood_body import FloodBody, Reach, read_flood_body
from alerts.telegram.flood_layout import FloodLayout, layout_of
from alerts.telegram.flood_levels import LOWEST_LEVEL, UNREADABLE
from alerts.telegram.kinds import Kind
from alerts.telegram.notice import Notice, NoticeState, notice_of
from alerts.telegram.texts import all_of, lines_of, texts_of


@dataclass(frozen=True, slots=True)
class _Flood:
    """The worst kind of the headline, what the body says of the city, and the rivers it is about."""

    kind: Kind
    body: FloodBody
    rivers: tuple[str, ...]


def read_flood(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VXKO or VXSU says about the city, if it is about a river of the city file, by EventID or headline area.

    The headline is the worst of the whole river. It counts for the city where the river is all clear (code 10), where
    water is out in the city, and where the telegram names no municipality at all. Else the city's own stations count.
    A telegram that names others only, or only stations of which nothing is said, decides nothing here.
    """
    layout = layout_of(envelope.type)
    items = all_of(root, layout.headline)
    body = read_flood_body(root, city.municipality, layout)
    if envelope.event_id not in city.rivers and not any(_is_of(item, city) for item in items):
        named = bool(body.reaches or body.outbreak)
        oddities = (f"{city.name} may be flooded by a river that is not in the city file.",) if named else ()
        return Findings(f"concerns other rivers than {city.name}'s", oddities=oddities)
    own = [item for item in items if _is_of(item, city)] or items
    codes = [code for item in own for code in texts_of(item, "h:Kind/h:Code")]
    known, strange = kinds.sort_out(envelope.type, codes)
    if not codes:
        return broken(f"has no Kind/Code of {layout.section} in its headline")
    if not known:
        return said(envelope, city, (), strange)
    rivers = _rivers(envelope, own, texts_of(root, layout.rivers), city)
    flood = _Flood(max(known, key=lambda kind: kind.rank), body, rivers)
    return _about_city(envelope, city, flood, layout, strange)


def _about_city(
    envelope: Envelope, city: CityCodes, flood: _Flood, layout: FloodLayout, strange: list[str]
) -> Findings:
    kind, body = flood.kind, flood.body
    if not kind.rank or not body.listed or body.outbreak:
        return said(envelope, city, (_by_headline(flood, envelope),), strange)
    stated = [reach for reach in body.reaches if reach.level is not None and reach.level != UNREADABLE]
    notice = _by_stations(flood, stated) if stated else None
    unknown = [*strange, *(f"{layout.text} of {reach.station}" for reach in body.reaches if reach.level == UNREADABLE)]
    if unknown:
        acts = notice is not None and notice.state is NoticeState.IN_FORCE  # what is unknown may not end anything
        return said(envelope, city, (_in_the_whole_city(notice),) if notice and acts else (), unknown)
    if notice:
        return said(envelope, city, (notice,))
    return Findings(
        f"says nothing about {city.name}: its stations have no {layout.text}, or only other municipalities are named"
    )


def _in_the_whole_city(notice: Notice) -> Notice:
    """Beside a reach that cannot be read, nobody knows which parts are the worst."""
    return replace(notice, extent=replace(notice.extent, sub_areas=()))


def _is_of(item: etree._Element, city: CityCodes) -> bool:
    return any(code in city.rivers for code in texts_of(item, "h:Areas/h:Area/h:Code"))


def _rivers(envelope: Envelope, own: list[etree._Element], named: Iterable[str], city: CityCodes) -> tuple[str, ...]:
    """The city's forecast areas that the telegram is about, and the rivers in them."""
    areas = (code for item in own for code in texts_of(item, "h:Areas/h:Area/h:Code"))
    known = [code for code in (envelope.event_id, *areas) if code in city.rivers]
    return tuple(dict.fromkeys(code for code in (*known, *named) if code))


def _by_headline(flood: _Flood, envelope: Envelope) -> Notice:
    """The headline's kind; where water is out, with the parts of the city that it reaches."""
    kind, body, rivers = flood.kind, flood.body, flood.rivers
    notice = notice_of(kind, details=(*lines_of(envelope.headline), *(_texts(body.reaches) if body.outbreak else ())))
    if not body.outbreak:
        return replace(notice, extent=Extent((), () if body.listed else body.stations, rivers))
    parts = [*((kind.level, parts) for parts in body.outbreak), *_flooded(body.reaches)]
    return replace(notice, extent=Extent(_sub_areas(parts), _stations(body.reaches), rivers))


def _by_stations(flood: _Flood, reaches: list[Reach]) -> Notice:
    """The city's own level under the headline's code; the name is that of the city's level, never of a worse one."""
    kind = flood.kind
    level = max(reach.level or 0 for reach in reaches)
    if level < LOWEST_LEVEL:
        return Notice(kind.hazard, kind.code, None, 0, NoticeState.ENDED, kind.name, _texts(reaches))
    name = kind.name if level == kind.level else kinds.table()["VXKO", f"{level}0"].name
    notice = Notice(kind.hazard, kind.code, level, level, NoticeState.IN_FORCE, name, _texts(reaches))
    return replace(notice, extent=Extent(_sub_areas(_flooded(reaches)), _stations(reaches), flood.rivers))


def _flooded(reaches: Iterable[Reach]) -> Iterator[tuple[int | None, tuple[str, ...] | None]]:
    return ((reach.level, reach.parts) for reach in reaches if (reach.level or 0) >= LOWEST_LEVEL)


def _stations(reaches: Iterable[Reach]) -> tuple[Station, ...]:
    found = (
        Station(reach.station, reach.name, reach.level)
        for reach in reaches
        if reach.level is not None and reach.level >= LOWEST_LEVEL
    )
    return tuple(dict.fromkeys(found))


def _texts(reaches: Iterable[Reach]) -> tuple[str, ...]:
    """The 主文 of the city's reaches, the worst first, each once."""
    ordered = sorted(reaches, key=lambda reach: -(reach.level or 0))
    return tuple(dict.fromkeys(reach.text for reach in ordered if reach.text))


def _sub_areas(parts: Iterable[tuple[int | None, tuple[str, ...] | None]]) -> tuple[SubArea, ...]:
    """Every named part with its highest level; none where one of the lists means the whole city."""
    levels: dict[str, int] = {}
    for level, names in parts:
        if names is None:
            return ()
        for name in names:
            levels[name] = max(level or 0, levels.get(name, 0))
    return tuple(SubArea(name, level) for name, level in levels.items())
