"""Reads VXKO50 to VXKO89, floods of designated rivers (contract.md, `river_flood`; jma.md §3.4)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram import kinds
from alerts.telegram.envelope import Envelope
from alerts.telegram.findings import Findings, broken, said
from alerts.telegram.flood_body import UNREADABLE, FloodBody, Reach, read_flood_body
from alerts.telegram.kinds import Kind
from alerts.telegram.notice import Notice, NoticeState, SubArea, notice_of
from alerts.telegram.texts import all_of, lines_of, texts_of

_HEADLINE = "h:Head/h:Headline/h:Information[@type='指定河川洪水予報（予報区域）']/h:Item"
_LOWEST_LEVEL = 2


def read_flood(root: etree._Element, envelope: Envelope, city: CityCodes) -> Findings:
    """What a VXKO says about the city, if it is about a river of the city file, by EventID or headline area.

    The headline is the worst of the whole river. It counts for the city where the river is all clear (code 10), where
    water is out in the city, and where the telegram names no municipality at all. Else the city's own stations count.
    A telegram that names others only, or only stations without 主文, decides nothing here.
    """
    items = all_of(root, _HEADLINE)
    body = read_flood_body(root, city.municipality)
    if envelope.event_id not in city.rivers and not any(_is_of(item, city) for item in items):
        named = bool(body.reaches or body.outbreak)
        oddities = (f"{city.name} may be flooded by a river that is not in the city file.",) if named else ()
        return Findings(f"concerns other rivers than {city.name}'s", oddities=oddities)
    own = [item for item in items if _is_of(item, city)] or items
    codes = [code for item in own for code in texts_of(item, "h:Kind/h:Code")]
    known, strange = kinds.sort_out(envelope.type, codes)
    if not codes:
        return broken("has no Kind/Code of 予報区域 in its headline")
    if not known:
        return said(envelope, city, (), strange)
    return _about_city(envelope, city, max(known, key=lambda kind: kind.rank), body, strange)


def _about_city(envelope: Envelope, city: CityCodes, kind: Kind, body: FloodBody, strange: list[str]) -> Findings:
    if not kind.rank or not body.listed or body.outbreak:
        return said(envelope, city, (_by_headline(kind, envelope, body),), strange)
    stated = [reach for reach in body.reaches if reach.level is not None and reach.level != UNREADABLE]
    notice = _by_stations(kind, stated) if stated else None
    unknown = [*strange, *(f"主文 of {reach.station}" for reach in body.reaches if reach.level == UNREADABLE)]
    if unknown:
        acts = notice is not None and notice.state is NoticeState.IN_FORCE  # what is unknown may not end anything
        return said(envelope, city, (notice,) if notice and acts else (), unknown)
    if notice:
        return said(envelope, city, (notice,))
    return Findings(
        f"says nothing about {city.name}: its stations have no 主文, or only other municipalities are named"
    )


def _is_of(item: etree._Element, city: CityCodes) -> bool:
    return any(code in city.rivers for code in texts_of(item, "h:Areas/h:Area/h:Code"))


def _by_headline(kind: Kind, envelope: Envelope, body: FloodBody) -> Notice:
    """The headline's kind; where water is out, with the parts of the city that it reaches."""
    parts = [*((kind.level, parts) for parts in body.outbreak), *_flooded(body.reaches)]
    texts = _texts(body.reaches) if body.outbreak else ()
    notice = notice_of(kind, details=(*lines_of(envelope.headline), *texts))
    return replace(notice, sub_areas=_sub_areas(parts) if body.outbreak else ())


def _by_stations(kind: Kind, reaches: list[Reach]) -> Notice:
    """The city's own level under the headline's code; the name is that of the city's level, never of a worse one."""
    level = max(reach.level or 0 for reach in reaches)
    if level < _LOWEST_LEVEL:
        return Notice(kind.hazard, kind.code, None, 0, NoticeState.ENDED, kind.name, _texts(reaches))
    name = kind.name if level == kind.level else kinds.table()["VXKO", f"{level}0"].name
    notice = Notice(kind.hazard, kind.code, level, level, NoticeState.IN_FORCE, name, _texts(reaches))
    return replace(notice, sub_areas=_sub_areas(_flooded(reaches)))


def _flooded(reaches: Iterable[Reach]) -> Iterator[tuple[int | None, tuple[str, ...] | None]]:
    return ((reach.level, reach.parts) for reach in reaches if (reach.level or 0) >= _LOWEST_LEVEL)


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
