"""Places of refuge. Where to flee to (指定緊急避難場所) is not where to stay (指定避難所): two kinds, two lists."""

from pydantic import BaseModel, Field

from alerts.shelter.site import SiteKind
from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.districts import SourceItem


class SiteItem(BaseModel):
    """One designated place."""

    id: str = Field(description="共通ID", examples=["E992010000121"])
    kind: SiteKind
    facility: str = Field(description="Equal for the two entries of a facility that is both.")
    name: str = Field(examples=["北条小学校"])
    address: str
    latitude: float = Field(examples=[34.7247])
    longitude: float = Field(examples=[135.6439])
    hazards: list[str] = Field(description="Hazards an emergency site is designated for. Go there in no other.")
    also: str | None = Field(description="Id of the facility's entry of the other kind, if it is both.")
    welfare: bool = Field(description="福祉避難所")
    accepts: str | None = Field(description="受入対象者, if not everybody.")
    note: str | None


class SheltersAnswer(AttributedAnswer):
    """The designated places of the city, the two kinds apart."""

    emergency_sites: list[SiteItem]
    shelters: list[SiteItem]
    sources: list[SourceItem]
