"""Times and values of a series: `TimeDefine` names a period by its id, values point to it by `refID` (jma.md §3.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from alerts.telegram.texts import all_of, text_of, time_of

_DURATION = re.compile(r"P(?:([0-9]{1,3})D)?(?:T(?:([0-9]{1,3})H)?(?:([0-9]{1,3})M)?)?", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time, with JMA's name for it (今日, ２２日朝), None where it prints none."""

    start: datetime
    end: datetime
    name: str | None


def periods_of(series: etree._Element) -> dict[str, Period]:
    """The periods of a `TimeSeriesInfo` by their id; one without a readable time is left out."""
    found = {}
    for define in all_of(series, "m:TimeDefines/m:TimeDefine"):
        period = period_of(define)
        if period is not None:
            found[define.get("timeId", "")] = period
    return found


def period_of(element: etree._Element) -> Period | None:
    """The period that DateTime, Duration and Name of an element give."""
    start = time_of(text_of(element, "m:DateTime"))
    if start is None:
        return None
    return Period(start, start + _length(text_of(element, "m:Duration")), text_of(element, "m:Name") or None)


def valued(parent: etree._Element, path: str, periods: dict[str, Period]) -> Iterator[tuple[Period, etree._Element]]:
    """The elements at a path that point to a known period, each with it."""
    for element in all_of(parent, path):
        period = periods.get(element.get("refID", ""))
        if period is not None:
            yield period, element


def own_items(parent: etree._Element, areas: frozenset[str]) -> Iterator[etree._Element]:
    """The Items of a series whose Area bears one of the codes."""
    for item in all_of(parent, "m:Item"):
        if text_of(item, "m:Area/m:Code") in areas:
            yield item


def text_in(element: etree._Element) -> str | None:
    """The element's own text; None where it has none (`condition` 値なし)."""
    return (element.text or "").strip() or None


def whole(text: str | None) -> int | None:
    """A whole number; None for anything else."""
    return int(text) if text and _WHOLE.fullmatch(text) else None


def _length(duration: str) -> timedelta:
    """PT6H, P1D, P1DT19H; no length for anything else."""
    found = _DURATION.fullmatch(duration)
    days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return timedelta(days=days, hours=hours, minutes=minutes)
