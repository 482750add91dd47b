"""The situation as a map layer."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.residents.schemas.answer import AttributedAnswer
from api.residents.schemas.situation import InForce


class HazardHere(BaseModel):
    """One hazard in force, as it holds in a district."""

    hazard: str = Field(examples=["river_flood"])
    alert_id: str
    level: int | None = Field(description="警戒レベル there, which a flood forecast may set apart from the city's.")
    rank: int
    colour: str | None = Field(description="On the hazard's own scale: an earthquake's is of its intensity.")


class DistrictSituation(BaseModel):
    """What is in force in a district."""

    name: str
    name_en: str
    level: int | None = Field(description="The highest 警戒レベル there; null where none has one.")
    colour: str | None = Field(description="Official colour of the gravest; null where nothing is warned of.")
    hazards: list[HazardHere] = Field(description="The gravest first. Stale and empty does not mean calm.")


class SituationFeature(BaseModel):
    """A district, or the city where its pack has none; its geometry is null where none is known."""

    type: Literal["Feature"] = "Feature"
    id: str = Field(description="Id of the district; the city's code where there are none.")
    geometry: dict[str, Any] | None
    properties: DistrictSituation


class SituationMap(AttributedAnswer):
    """What is in force as GeoJSON (RFC 7946): every district stands in it, also those where nothing is."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    language: str
    level: int | None = Field(description="The highest 警戒レベル in force.")
    in_force: list[InForce] = Field(description="As in /v1/situation, with the texts.")
    features: list[SituationFeature]
