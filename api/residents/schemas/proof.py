"""How long alerts took, for everybody."""

from datetime import date

from pydantic import BaseModel, Field

from alerts.alert import Change
from alerts.proof.journey import Leg
from api.residents.schemas.answer import AttributedAnswer
from api.times import JapanTime


class LegItem(BaseModel):
    """The length of one leg on one day, in seconds."""

    leg: Leg = Field(
        description="seen: published to fetched; decided: fetched to decided; first_sent, last_sent: fetched to the "
        "first and the last push that FCM took; received: first push to half of the phones that confirmed."
    )
    count: int = Field(description="Revisions that it is made of.", examples=[12])
    p50: float = Field(examples=[0.21])
    p99: float = Field(examples=[0.84])


class DayItem(BaseModel):
    """One day in Japan."""

    day: date
    pushed: int = Field(description="Revisions that were pushed.", examples=[12])
    legs: list[LegItem]


class JourneyItem(BaseModel):
    """One pushed revision. Numbers of phones are rounded down to tens; null: none yet, or too few to be said."""

    alert_id: str
    revision: int
    change: Change
    hazard: str
    name: str = Field(description="JMA's name of the kind, in Japanese.", examples=["レベル３大雨警報"])
    level: int | None
    published_at: JapanTime = Field(description="As the telegram says; of the city's own alerts the approval.")
    seen_at: JapanTime | None = Field(description="When it was fetched; null: an alert of the city.")
    decided_at: JapanTime
    first_sent_at: JapanTime | None = Field(description="When it was noted that FCM had taken the first push.")
    last_sent_at: JapanTime | None
    accepted: int | None = Field(description="Phones whose push FCM took.", examples=[98760])
    received: int | None = Field(description="Phones that confirmed.", examples=[61230])
    median_received_at: JapanTime | None = Field(description="By the phones' clocks; null below 100 confirmations.")
    p99_received_at: JapanTime | None


class ProofAnswer(AttributedAnswer):
    """The last 14 days and at most the 200 newest journeys, newest first; what is still being sent is left out."""

    days: list[DayItem]
    journeys: list[JourneyItem]
