"""How far an alert came, for operators."""

from pydantic import BaseModel, Field

from alerts.receipt import Confirmed, Reached
from api.residents.schemas.answer import Answer
from api.times import JapanTime


class ConfirmedOut(BaseModel):
    """How many phones, and when the first and the last."""

    phones: int = Field(examples=[41_532])
    first_at: JapanTime | None
    last_at: JapanTime | None

    @classmethod
    def of(cls, counted: Confirmed) -> "ConfirmedOut":
        """As it was counted."""
        return cls(phones=counted.phones, first_at=counted.first_at, last_at=counted.last_at)


class ReachedOut(BaseModel):
    """One revision. `received` and `opened` are what phones said of themselves: fewer than it was."""

    revision: int
    accepted: ConfirmedOut = Field(description="Taken by the push provider, which promises no more.")
    received: ConfirmedOut
    opened: ConfirmedOut

    @classmethod
    def of(cls, reached: Reached) -> "ReachedOut":
        """One revision's figures."""
        each = (ConfirmedOut.of(one) for one in (reached.accepted, reached.received, reached.opened))
        return cls(revision=reached.revision, **dict(zip(("accepted", "received", "opened"), each, strict=True)))


class ReachedAnswer(Answer):
    """How far each revision of an alert came."""

    alert_id: str
    revisions: list[ReachedOut]
