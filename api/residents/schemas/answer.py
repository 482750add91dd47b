"""What every answer says of itself."""

from pydantic import BaseModel, Field

from api.times import JapanTime


class Answer(BaseModel):
    """How fresh an answer is, and whether it belongs to a drill."""

    as_of: JapanTime | None = Field(
        description="The answer holds for this moment; null if the feeds were never read.",
        examples=["2026-11-23T10:48:00+09:00"],
    )
    stale: bool = Field(
        examples=[False], description="True: perhaps out of date. Show `as_of`, and never read an empty list as calm."
    )
    drill: bool = Field(
        examples=[False], description="True under /v1/drill/: a rehearsal (訓練), nothing of it is real."
    )


class AttributedAnswer(Answer):
    """An answer that carries facts of others: their credit is shown wherever the facts are."""

    attribution: list[str] = Field(examples=[["出典：気象庁ホームページ（見本市が加工）"]])
