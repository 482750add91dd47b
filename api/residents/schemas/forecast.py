"""The forecast of the city's area."""

from pydantic import BaseModel, Field

from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.bulletins import BulletinItem
from api.residents.schemas.shown import NamedPeriodItem, PeriodItem, ShownItem


class WeatherItem(NamedPeriodItem):
    """The weather of one period, in JMA's words."""

    weather: str | None = Field(examples=["くもり後一時雨"])
    weather_code: str | None = Field(description="JMA's telop number; names a symbol.", examples=["212"])
    detail: str | None = Field(examples=["くもり　夜遅く　雨"])
    wind: str | None
    waves: str | None
    reliability: str | None = Field(description="A, B or C; weekly forecast only.")


class RainItem(PeriodItem):
    """Chance of rain."""

    percent: int = Field(examples=[30])


class TemperatureItem(PeriodItem):
    """A temperature at one of the office's stations."""

    station: str = Field(examples=["大阪"])
    station_code: str
    label: str = Field(description="JMA's word for it.", examples=["日中の最高気温"])
    celsius: int = Field(examples=[28])


class ForecastItem(ShownItem):
    """One forecast."""

    area: str = Field(examples=["大阪府"])
    periods: list[WeatherItem]
    rain: list[RainItem]
    temperatures: list[TemperatureItem]


class ForecastAnswer(AttributedAnswer):
    """The newest forecast of each kind; null where there is none."""

    short_term: ForecastItem | None = Field(description="Today to the day after tomorrow (VPFD51).")
    weekly: ForecastItem | None = Field(description="The week (VPFW50).")
    overview: BulletinItem | None = Field(description="The weather in words (VPFG50).")


class PossibilityItem(NamedPeriodItem):
    """Whether a warning may follow in one period."""

    rank: str | None = Field(description="高, 中, なし; null where JMA gives no value.", examples=["中"])


class HazardOutlookItem(BaseModel):
    """The outlook of one hazard."""

    hazard: str = Field(description="As JMA names it.", examples=["大雨"])
    level: int | None = Field(
        description="警戒レベル 1 if 高 or 中 and the hazard has levels, else null.", examples=[1]
    )
    text: str | None
    periods: list[PossibilityItem]


class OutlookItem(ShownItem):
    """One outlook (早期注意情報)."""

    area: str = Field(examples=["大阪府"])
    hazards: list[HazardOutlookItem]


class OutlookAnswer(AttributedAnswer):
    """Whether warnings may follow. Never pushed."""

    level: int | None = Field(description="1 if any hazard has 警戒レベル 1, else null.", examples=[1])
    near: OutlookItem | None = Field(description="To the day after tomorrow (VPFD61).")
    later: OutlookItem | None = Field(description="The days after (VPFW60).")


class StepItem(NamedPeriodItem):
    """How grave a hazard is expected to be in one period."""

    code: str = Field(description="JMA's code of the danger.", examples=["11"])
    label: str = Field(examples=["警戒レベル２未満"])


class DangerItem(BaseModel):
    """One hazard hour by hour."""

    hazard: str = Field(description="As JMA names it.", examples=["大雨浸水危険度"])
    part: str | None = Field(description="Part of the municipality; null: all of it.", examples=["陸上"])
    steps: list[StepItem]


class AmountItem(NamedPeriodItem):
    """One expected value."""

    text: str = Field(examples=["１０ミリ"])


class AmountsItem(BaseModel):
    """Expected values of one kind."""

    what: str = Field(examples=["１時間最大雨量"])
    part: str | None
    values: list[AmountItem]


class TimelineItem(ShownItem):
    """One timeline of the municipality."""

    area: str = Field(examples=["見本市"])
    dangers: list[DangerItem]
    amounts: list[AmountsItem]


class TimelineAnswer(AttributedAnswer):
    """Warnings expected hour by hour (VPWP50); null where none was received."""

    timeline: TimelineItem | None
