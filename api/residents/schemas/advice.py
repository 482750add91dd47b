"""Where to flee to from here, and where not."""

from pydantic import BaseModel, Field

from alerts.shelter.advice import Reason
from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.shelters import SiteItem
from api.residents.schemas.situation import Hazard


class ReasonItem(BaseModel):
    """Why a place is not recommended."""

    code: Reason
    text: str | None = Field(
        description="In the language of the answer; null where the city lets no unreviewed sentence out: use the code.",
        examples=["崖崩れ、土石流及び地滑りの指定緊急避難場所ではありません。"],
    )


class AdvisedItem(BaseModel):
    """One place, as seen from the point."""

    site: SiteItem
    distance_metres: int = Field(description="In a straight line, to 10 m. The way on foot is longer.", examples=[430])
    reasons: list[ReasonItem] = Field(description="Empty only where the place is recommended.")
    lacks: list[str] = Field(description="Hazards in force that it is not designated for.", examples=[["landslide"]])
    not_designated_for: list[str] = Field(
        description="Of a recommended place: hazards in force for which the city has no place at all, see `messages`."
    )


class AdviceAnswer(AttributedAnswer):
    """Advice for one point and this moment. Show `messages` first, in their order."""

    language: str = Field(description="As negotiated; see Content-Language.", examples=["ja"])
    situation_known: bool = Field(
        description="False: what is in force was not read, or a feed of JMA never was. Then nothing is called calm."
    )
    in_force: list[Hazard] = Field(description="What was taken into account, the gravest first.")
    needs: list[str] = Field(description="Hazards that a place must be designated for now.", examples=[["landslide"]])
    without_site: list[str] = Field(description="Hazards for which the city has no emergency site.", examples=[[]])
    messages: list[str]
    recommended: list[AdvisedItem] = Field(description="Fit, reported open and not full; the nearest first.")
    not_confirmed: list[AdvisedItem] = Field(description="Fit, but not known to be open; the nearest first.")
    avoid: list[AdvisedItem] = Field(description="Near places not to go to, and why; the nearest first.")
