"""What every shown telegram says of itself."""

from pydantic import BaseModel, Field

from api.times import JapanTime


class ShownItem(BaseModel):
    """One telegram of JMA as the app shows it. Its texts are JMA's own, in Japanese."""

    id: str = Field(description="Stays while newer telegrams take its place.", examples=["forecast/VPFD51/actual/…"])
    type: str = Field(description="JMA's telegram type.", examples=["VPFD51"])
    title: str = Field(examples=["大阪府府県天気予報"])
    headline: str | None
    issued_at: JapanTime
    valid_until: JapanTime = Field(description="Not shown any more from then on.")


class PeriodItem(BaseModel):
    """A span of time."""

    start: JapanTime
    end: JapanTime


class NamedPeriodItem(PeriodItem):
    """A span of time with JMA's name for it."""

    name: str | None = Field(examples=["今日"])
