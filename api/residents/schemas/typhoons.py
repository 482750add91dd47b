"""Typhoons, and how far from the city they are."""

from pydantic import BaseModel, Field

from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.shown import PeriodItem, ShownItem
from api.times import JapanTime


class TyphoonPointItem(BaseModel):
    """Where the centre is, or is expected to be. Radii are the widest of all directions."""

    at: JapanTime
    what: str = Field(examples=["予報　１２時間後"])
    latitude: float = Field(examples=[25.5])
    longitude: float = Field(examples=[125.5])
    distance_km: int | None = Field(description="From the city; null for a city without districts.", examples=[1350])
    location: str | None = Field(examples=["宮古島の北"])
    category: str | None = Field(examples=["台風(TY)"])
    size: str | None
    strength: str | None
    direction: str | None
    speed_kmh: int | None
    pressure_hpa: int | None
    wind_ms: int | None
    gust_ms: int | None
    circle_km: int | None = Field(description="Radius of the 70 % circle of a forecast.")
    storm_km: int | None = Field(description="Radius of winds of 25 m/s and more.")


class ChanceItem(PeriodItem):
    """A probability for one period."""

    percent: int = Field(examples=[40])


class StormProbabilityItem(ShownItem):
    """How likely the city's area comes into the storm area of the typhoon."""

    within: list[ChanceItem] = Field(description="Within 1, 2, 3, 4 and 5 days.")
    steps: list[ChanceItem] = Field(description="By three hours.")


class TyphoonItem(ShownItem):
    """One typhoon or tropical depression."""

    event: str = Field(examples=["TC2609"])
    name: str | None = Field(examples=["TALIM"])
    kana: str | None = Field(examples=["タリム"])
    number: str | None = Field(examples=["2609"])
    remark: str | None = Field(examples=["台風発生予想"])
    points: list[TyphoonPointItem] = Field(description="The analysis first, then the forecast.")
    storm_probability: StormProbabilityItem | None


class TyphoonsAnswer(AttributedAnswer):
    """All typhoons JMA speaks of, near and far, newest telegram first."""

    typhoons: list[TyphoonItem]
