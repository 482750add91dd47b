"""Warnings and amounts expected hour by hour in the municipality (VPWP50, 警戒・注意事項時系列情報)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from alerts.telegram.display.content import Content, Telegram
from alerts.telegram.display.periods import Period, own_items, periods_of, valued
from alerts.telegram.texts import all_of, text_of

_SERIES = "m:Body/m:MeteorologicalInfos[@type='量的予想時系列（市町村等）']/m:TimeSeriesInfo"
_WHOLE_AREA = "m:Base"
_PARTS = "m:Base/m:Local"  # 陸上, 海上


@dataclass(frozen=True, slots=True)
class Step:
    """How grave a hazard is expected to be in one period: JMA's code and its words (警戒レベル２未満)."""

    start: datetime
    end: datetime
    name: str | None
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Danger:
    """One hazard (大雨浸水危険度); `part` of the municipality, None for all of it."""

    hazard: str
    part: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """One expected value in JMA's words (１０ミリ)."""

    start: datetime
    end: datetime
    name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """Expected values of one kind (１時間最大雨量)."""

    what: str
    part: str | None
    values: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Timeline(Content):
    """The municipality's dangers and amounts."""

    area: str
    dangers: tuple[Danger, ...]
    amounts: tuple[Amounts, ...]

    @property
    def ends(self) -> datetime | None:
        """The end of the last period of danger."""
        return max((step.end for danger in self.dangers for step in danger.steps), default=None)


def read_timeline(telegram: Telegram) -> Timeline | None:
    """The series of the city's own municipality code."""
    dangers: list[Danger] = []
    amounts: list[Amounts] = []
    for series in all_of(telegram.root, _SERIES):
        periods = periods_of(series)
        for item in own_items(series, frozenset({telegram.city.municipality})):
            for stated in all_of(item, "m:Kind/m:Property"):
                dangers += _dangers(stated, periods)
                amounts += _amounts(stated, periods)
    return Timeline(telegram.city.name, tuple(dangers), tuple(amounts)) if dangers or amounts else None


def _dangers(stated: etree._Element, periods: dict[str, Period]) -> Iterator[Danger]:
    for base in _bases(stated, "m:SignificancyPart"):
        steps = tuple(
            Step(at.start, at.end, at.name, text_of(each, "m:Code"), text_of(each, "m:Name"))
            for at, each in valued(base, "m:Significancy", periods)
        )
        if steps:
            yield Danger(text_of(stated, "m:Type"), text_of(base, "m:AreaName") or None, steps)


def _amounts(stated: etree._Element, periods: dict[str, Period]) -> Iterator[Amounts]:
    for base in _bases(stated, "*"):
        by_type: dict[str, list[Amount]] = {}
        for at, each in valued(base, "e:*", periods):
            if text := each.get("description", "").strip():
                by_type.setdefault(each.get("type", ""), []).append(Amount(at.start, at.end, at.name, text))
        for what, values in by_type.items():
            yield Amounts(what, text_of(base, "m:AreaName") or None, tuple(values))


def _bases(stated: etree._Element, part: str) -> Iterator[etree._Element]:
    for where in (_WHOLE_AREA, _PARTS):
        yield from all_of(stated, f"{part}/{where}")
