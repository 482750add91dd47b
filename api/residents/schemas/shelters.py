"""Places of refuge. Where to flee to (指定緊急避難場所) is not where to stay (指定避難所): two kinds, two lists."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from alerts.shelter.opening import OpeningState
from alerts.shelter.site import SiteKind
from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.districts import SourceItem
from api.times import JapanTime


class OccupancyItem(BaseModel):
    """How many people are there."""

    people: int = Field(examples=[42])
    at: JapanTime = Field(description="When they were counted.")


class OpeningItem(BaseModel):
    """What was reported of a facility; its emergency site and its shelter share it. The texts are Japanese."""

    state: OpeningState
    reported_at: JapanTime = Field(description="When the state was said last. Show it: an old report may not hold.")
    reported_by: Literal["office", "shelter"] = Field(description="The city's office, or the place's own staff.")
    version: int = Field(description="Counts the reports of the facility.")
    occupancy: OccupancyItem | None = Field(description="Null: not known. Never read it as empty.")
    floor: str | None = Field(description="Floors in use.", examples=["２階以上"])
    pets: str | None = Field(examples=["屋外の専用場所"])
    wheelchair: str | None
    nursing: str | None = Field(description="For mothers with infants.")
    note: str | None


class SiteItem(BaseModel):
    """One designated place."""

    id: str = Field(description="共通ID, or the city's own number behind its code.", examples=["E9920100001201"])
    kind: SiteKind
    facility: str = Field(description="Equal for the two entries of a facility that is both.")
    name: str = Field(examples=["中央小学校"])
    name_kana: str | None
    name_en: str | None
    address: str
    latitude: float = Field(examples=[34.7247])
    longitude: float = Field(examples=[135.6439])
    districts: list[str] = Field(description="The district it stands in, then those within 100 m.")
    hazards: list[str] = Field(description="Hazards an emergency site is designated for. Go there in no other.")
    also: str | None = Field(description="Id of the facility's entry of the other kind, if it is both.")
    welfare: bool = Field(description="福祉避難所")
    accepts: str | None = Field(description="受入対象者, if not everybody.")
    capacity: int | None = Field(description="People; null where nobody published it.")
    communities: list[str] = Field(description="対象となる町会・自治会")
    phone: str | None
    url: str | None
    note: str | None
    opening: OpeningItem | None = Field(description="Null: nobody reported. That is neither open nor closed.")


class SheltersAnswer(AttributedAnswer):
    """The designated places of the city, the two kinds apart."""

    emergency_sites: list[SiteItem]
    shelters: list[SiteItem]
    sources: list[SourceItem]


class ShelterAnswer(AttributedAnswer):
    """One designated place."""

    shelter: SiteItem


class SiteFeature(BaseModel):
    """A place on the map."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: dict[str, Any]
    properties: SiteItem


class SiteCollection(AttributedAnswer):
    """Places as GeoJSON (RFC 7946) with our own members beside the standard ones."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[SiteFeature]
