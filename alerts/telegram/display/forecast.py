"""The forecast of the city's area: weather, chance of rain, temperatures (VPFD51, and for the week VPFW50)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from alerts.telegram.display.content import Content, Telegram
from alerts.telegram.display.periods import Period, own_items, periods_of, text_in, valued, whole
from alerts.telegram.texts import all_of, text_of

_AREAS = "m:Body/m:MeteorologicalInfos[@type='区域予報']/m:TimeSeriesInfo"
_POINTS = "m:Body/m:MeteorologicalInfos[@type='地点予報']/m:TimeSeriesInfo"
_PROPERTY = "m:Kind/m:Property"
_DETAIL = f"{_PROPERTY}/m:DetailForecast"
# What a period may say, and where; not the weather of each three hours (３時間内卓越天気).
_TEXTS = {
    "weather": f"{_PROPERTY}[m:Type='天気']/m:WeatherPart/e:Weather",
    "weather_code": f"{_PROPERTY}/m:WeatherCodePart/e:WeatherCode",
    "detail": f"{_DETAIL}/m:WeatherForecastPart",
    "wind": f"{_DETAIL}/m:WindForecastPart",
    "waves": f"{_DETAIL}/m:WaveHeightForecastPart",
    "reliability": f"{_PROPERTY}/m:ReliabilityClassPart/e:ReliabilityClass",
}
_RAIN = f"{_PROPERTY}/m:ProbabilityOfPrecipitationPart/e:ProbabilityOfPrecipitation"
_EXTREME = "最"  # 最高, 最低; not the temperature of each three hours
_TEMPERATURES = f"{_PROPERTY}/m:TemperaturePart/e:Temperature"


@dataclass(frozen=True, slots=True)
class Weather:
    """One period of the forecast. `weather_code` is JMA's telop number, `reliability` A, B or C of the weekly one."""

    start: datetime
    end: datetime
    name: str | None
    weather: str | None = None
    weather_code: str | None = None
    detail: str | None = None
    wind: str | None = None
    waves: str | None = None
    reliability: str | None = None


@dataclass(frozen=True, slots=True)
class RainChance:
    """Chance of rain in percent."""

    start: datetime
    end: datetime
    percent: int


@dataclass(frozen=True, slots=True)
class Temperature:
    """A highest or lowest temperature of a station, in degrees Celsius; `label` is JMA's word (日中の最高気温)."""

    start: datetime
    end: datetime
    station: str
    station_code: str
    label: str
    celsius: int


@dataclass(frozen=True, slots=True)
class Forecast(Content):
    """One forecast of one area."""

    area: str
    periods: tuple[Weather, ...]
    rain: tuple[RainChance, ...]
    temperatures: tuple[Temperature, ...]

    @property
    def ends(self) -> datetime | None:
        """The end of the last period of weather."""
        return max((each.end for each in self.periods), default=None)


def read_forecast(telegram: Telegram) -> Forecast | None:
    """The forecast of the city's class10 area (VPFD51) or its office's (VPFW50), with the stations of the office."""
    series = [(each, periods_of(each)) for each in all_of(telegram.root, _AREAS)]
    own = frozenset({telegram.city.class10, telegram.city.office})
    items = [(item, periods) for each, periods in series for item in own_items(each, own)]
    if not items:
        return None
    weather = tuple(found for item, periods in items for found in _weather(item, periods))
    rain = tuple(found for item, periods in items for found in _rain(item, periods))
    points = [(each, periods_of(each)) for each in all_of(telegram.root, _POINTS)]
    temperatures = tuple(found for each, periods in points for found in _temperatures(each, periods))
    return Forecast(text_of(items[0][0], "m:Area/m:Name"), weather, rain, temperatures)


def _weather(item: etree._Element, periods: dict[str, Period]) -> Iterator[Weather]:
    """One entry a period that says anything but the chance of rain."""
    said: dict[Period, dict[str, str]] = {}
    for field, path in _TEXTS.items():
        for period, element in valued(item, path, periods):
            if text := text_in(element) or text_of(element, "m:Sentence"):
                said.setdefault(period, {})[field] = text
    for period in sorted(said, key=lambda each: each.start):
        yield Weather(period.start, period.end, period.name, **said[period])


def _rain(item: etree._Element, periods: dict[str, Period]) -> Iterator[RainChance]:
    for period, element in valued(item, _RAIN, periods):
        percent = whole(text_in(element))
        if percent is not None:
            yield RainChance(period.start, period.end, percent)


def _temperatures(series: etree._Element, periods: dict[str, Period]) -> Iterator[Temperature]:
    for item in all_of(series, "m:Item"):
        station, code = text_of(item, "m:Station/m:Name"), text_of(item, "m:Station/m:Code")
        for period, element in valued(item, _TEMPERATURES, periods):
            celsius = whole(text_in(element))
            label = element.get("type", "")
            if celsius is not None and _EXTREME in label:
                yield Temperature(period.start, period.end, station, code, label, celsius)
