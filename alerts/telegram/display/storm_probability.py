"""How likely a typhoon's storm area reaches the city (VPTA50-55)."""

from dataclasses import dataclass
from datetime import datetime

from alerts.telegram.display.content import Content, Telegram
from alerts.telegram.display.periods import own_items, period_of, periods_of, text_in, valued, whole
from alerts.telegram.texts import all_of

_INFOS = "m:Body/m:MeteorologicalInfos/m:MeteorologicalInfo"
_SERIES = "m:Body/m:MeteorologicalInfos/m:TimeSeriesInfo"
_CHANCE = "m:Kind/m:Property/m:FiftyKtWindProbabilityPart/m:FiftyKtWindProbability"


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability in percent for one period."""

    start: datetime
    end: datetime
    percent: int


@dataclass(frozen=True, slots=True)
class StormProbability(Content):
    """How likely the city's class15 area comes into the storm area: within 1 to 5 days, and by three hours."""

    event: str
    within: tuple[Chance, ...]
    steps: tuple[Chance, ...]


def read_storm_probability(telegram: Telegram) -> StormProbability | None:
    """The probabilities of the city's class15 area."""
    own = frozenset({telegram.city.class15})
    within = tuple(
        Chance(period.start, period.end, percent)
        for info in all_of(telegram.root, _INFOS)
        for item in own_items(info, own)
        for each in all_of(item, _CHANCE)
        if (period := period_of(info)) and (percent := whole(text_in(each))) is not None
    )
    steps = tuple(
        Chance(period.start, period.end, percent)
        for series in all_of(telegram.root, _SERIES)
        for item in own_items(series, own)
        for period, each in valued(item, _CHANCE, periods_of(series))
        if (percent := whole(text_in(each))) is not None
    )
    return StormProbability(telegram.envelope.event_id or "", within, steps) if within or steps else None
