"""What was sent, or would have been."""

from pydantic import BaseModel, Field

from alerts.alert import Urgency
from alerts.ports import PushResult
from api.residents.schemas.answer import AttributedAnswer
from api.times import JapanTime


class OutboxMessage(BaseModel):
    """One text of one revision, and how it ended for its devices."""

    alert_id: str
    revision: int
    language: str
    urgency: Urgency
    silent: bool = Field(description="Shown without a sound: the phones had just rung for the same JMA poll.")
    title: str
    body: str
    created_at: JapanTime
    devices: int = Field(description="Devices addressed so far.")
    results: dict[PushResult, int] = Field(examples=[{"accepted": 998, "unregistered": 2}])


class OutboxAnswer(AttributedAnswer):
    """The newest texts first. Never an address of a device."""

    messages: list[OutboxMessage]
