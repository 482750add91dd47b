"""What a phone confirms, and what it is answered."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from alerts.receipt import Event, Receipt
from api.residents.schemas.answer import Answer
from api.times import Moment

MOST = 50  # some 8 kB


class ReceiptIn(BaseModel):
    """One confirmation: `alert_id` and `revision` as they stand in the data of the push."""

    model_config = ConfigDict(extra="forbid")

    alert_id: Annotated[str, Field(min_length=1, max_length=64)]
    revision: Annotated[int, Field(ge=1, le=1_000_000)]
    event: Event = Field(description="`opened` says that it was received, too.")
    at: Moment = Field(
        description="By the phone's clock, with an offset. What cannot be is put right: never later than now.",
        examples=["2026-11-23T10:48:03+09:00"],
    )

    def receipt(self) -> Receipt:
        """In the domain's words."""
        return Receipt(self.alert_id, self.revision, self.event, self.at)


class ReceiptsIn(BaseModel):
    """A batch: collect them while the phone is awake, and send them together."""

    model_config = ConfigDict(extra="forbid")

    receipts: list[ReceiptIn] = Field(min_length=1, max_length=MOST)


class ReceiptsAnswer(Answer):
    """What was taken. To send the same batch again is no error and changes nothing."""

    taken: int = Field(description="Kept now, or known before: forget them.", examples=[2])
    unknown: list[int] = Field(
        description="Places in the batch, from 0, of what this device was never sent: forget them too.", examples=[[]]
    )
