"""Early outlook (早期注意情報): whether warnings may follow, by hazard and period: 警戒レベル１ (VPFD61, VPFW60)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from alerts.telegram.display.content import Content, Telegram
from alerts.telegram.display.periods import Period, own_items, periods_of, text_in, valued
from alerts.telegram.texts import all_of, text_of

_SUFFIX = "の警報級の可能性"
_LIKELY = frozenset({"高", "中"})
_WITH_LEVEL = frozenset(
    {"大雨", "雨", "土砂災害", "潮位"}
)  # 警戒レベル is for these only; snow, wind and waves have none


@dataclass(frozen=True, slots=True)
class Possibility:
    """高, 中 or なし in one period; None where JMA gives no value."""

    start: datetime
    end: datetime
    name: str | None
    rank: str | None


@dataclass(frozen=True, slots=True)
class HazardOutlook:
    """One hazard as JMA names it (大雨, 土砂災害, 雪, 風（風雪）, 波, 潮位); `level` is 1 or None."""

    hazard: str
    level: int | None
    text: str | None
    periods: tuple[Possibility, ...]


@dataclass(frozen=True, slots=True)
class Outlook(Content):
    """All hazards of one outlook."""

    area: str
    hazards: tuple[HazardOutlook, ...]

    @property
    def ends(self) -> datetime | None:
        """The end of the last period."""
        return max((period.end for hazard in self.hazards for period in hazard.periods), default=None)


def read_outlook(telegram: Telegram) -> Outlook | None:
    """The outlook of the city's class10 area (VPFD61) or of its office's (VPFW60)."""
    found: list[HazardOutlook] = []
    area = ""
    for series in all_of(telegram.root, "m:Body/m:MeteorologicalInfos/m:TimeSeriesInfo"):
        periods = periods_of(series)
        for item in own_items(series, frozenset({telegram.city.class10, telegram.city.office})):
            area = area or text_of(item, "m:Area/m:Name")
            found += _hazards(item, periods)
    return Outlook(area, tuple(found)) if found else None


def _hazards(item: etree._Element, periods: dict[str, Period]) -> Iterator[HazardOutlook]:
    for stated in all_of(item, "m:Kind/m:Property"):
        ranks = "m:PossibilityRankOfWarningPart/e:PossibilityRankOfWarning"
        found = tuple(
            Possibility(at.start, at.end, at.name, text_in(rank)) for at, rank in valued(stated, ranks, periods)
        )
        if not found:
            continue
        hazard = text_of(stated, "m:Type").removesuffix(_SUFFIX)
        likely = any(each.rank in _LIKELY for each in found)
        level = 1 if likely and hazard in _WITH_LEVEL else None
        yield HazardOutlook(hazard, level, text_of(stated, "m:Text") or None, found)
