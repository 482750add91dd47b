"""Earthquakes and tsunami in words and figures, beside the alerts they caused here."""

from pydantic import BaseModel, Field

from api.residents.schemas.alerts import AlertItem
from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.shown import PeriodItem, ShownItem
from api.times import JapanTime


class HypocentreItem(BaseModel):
    """Where and how strong, in JMA's words."""

    origin_at: JapanTime | None
    name: str = Field(examples=["駿河湾"])
    where: str | None = Field(examples=["北緯３４．８度　東経１３８．５度　深さ　１０ｋｍ"])
    magnitude: str | None = Field(examples=["Ｍ６．６"])


class CountItem(PeriodItem):
    """How many earthquakes; null where JMA gives no number."""

    what: str = Field(examples=["地震回数"])
    number: int | None
    felt: int | None


class WaveItem(BaseModel):
    """A tsunami in the city's tsunami region. Repeats JMA's warning and is none of its own."""

    section: str = Field(description="Forecast, Observation or Estimation.", examples=["Forecast"])
    place: str = Field(examples=["大阪府"])
    kind: str | None = Field(examples=["津波注意報：発表"])
    arrival_at: JapanTime | None
    arrival: str | None
    height: str | None = Field(examples=["１ｍ"])


class EarlyWarningItem(BaseModel):
    """What an early warning (緊急地震速報) says of the city's quake region; shown late, it warns nobody in time."""

    warned: bool = Field(description="警報 names the region; false: only 予報, or not named.")
    lower: str | None = Field(description="Forecast intensity, from.", examples=["4"])
    upper: str | None = Field(description="To; `over`: or more.", examples=["5-"])
    arrival_at: JapanTime | None
    arrival: str | None = Field(examples=["既に主要動到達と推測"])


class EarthquakeItem(ShownItem):
    """One telegram about an earthquake or a tsunami."""

    event: str = Field(examples=["20260901120000"])
    texts: list[str]
    hypocentres: list[HypocentreItem]
    counts: list[CountItem]
    waves: list[WaveItem]
    early_warning: EarlyWarningItem | None = Field(
        default=None, description="Only of VXSE43-45, which a city may switch on."
    )


class EarthquakesAnswer(AttributedAnswer):
    """Intensities felt here, as alerts, and what else JMA said; both newest first."""

    language: str = Field(description="Of the alerts; JMA's own texts are Japanese.", examples=["ja"])
    alerts: list[AlertItem] = Field(description="Of the 100 alerts changed last, those of hazard `earthquake`.")
    information: list[EarthquakeItem]
