"""Alerts, and what was said in each of their revisions."""

from pydantic import Field

from alerts.alert import AlertState, Change, Source, Urgency
from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.situation import Hazard
from api.residents.schemas.told import Told
from api.times import JapanTime


class AlertItem(Hazard, Told):
    """One episode of one hazard, and where it stands."""

    id: str = Field(examples=["a3f2c9d1e0b4a5968778695a"])
    source: Source
    state: AlertState
    revision: int = Field(description="Number of the newest revision.", examples=[2])
    change: Change = Field(description="What the newest revision did.")
    since: JapanTime = Field(description="When the episode began, at whatever level.")
    updated_at: JapanTime


class DistrictText(Told):
    """What the phones of some districts were told."""

    districts: list[str] | None = Field(description="Their ids; null: everybody not named before.")
    because: str | None = Field(description="Key of the phrase that says why these districts were told first.")
    rule: str | None = Field(description="The city's rule that decided; null where the telegram or none did.")
    level: int | None = Field(description="警戒レベル of their own river reach, where the telegram names them.")
    urgency: Urgency


class RevisionItem(Hazard):
    """One revision: what changed, whether phones were told, and why."""

    number: int
    change: Change
    urgency: Urgency
    pushed: bool = Field(description="False: in the app only.")
    reason: str = Field(description="Why it was pushed or not, one sentence in English.")
    telegram: str | None = Field(description="JMA's telegram that caused it.")
    issued_at: JapanTime
    created_at: JapanTime
    expires_at: JapanTime = Field(description="No push after this; says nothing about how long the hazard lasts.")
    details: list[str]
    rules_version: int = Field(description="Version of the city's matching rules that decided; 0: it has none.")
    texts: list[DistrictText]


class AlertsAnswer(AttributedAnswer):
    """The alerts changed last, newest first."""

    language: str = Field(description="Of those asked for, the one we have; each text names its own.", examples=["ja"])
    alerts: list[AlertItem]
    next: str | None = Field(description="Send it as `cursor` for the alerts before these; null: there are none.")


class AlertAnswer(AttributedAnswer):
    """One alert with all its revisions, first to last."""

    language: str = Field(description="Of those asked for, the one we have; each text names its own.", examples=["ja"])
    alert: AlertItem
    revisions: list[RevisionItem]
