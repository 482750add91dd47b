"""Districts, their layers and groups, with where each comes from."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from alerts.city.district import Provenance
from api.residents.schemas.answer import AttributedAnswer


class DistrictItem(BaseModel):
    """One town block (町丁目)."""

    id: str = Field(examples=["99201-chuo-1"])
    name: str = Field(examples=["中央一丁目"])
    kana: str
    name_en: str
    postal_code: str = Field(examples=["9990001"])
    latitude: float
    longitude: float
    groups: list[str] = Field(description="Ids of the groups it belongs to.")


class LayerItem(BaseModel):
    """One way to group districts."""

    id: str = Field(examples=["hazard_zone"])
    name: str
    name_en: str
    provenance: Provenance = Field(description="official, derived or inferred: how far to trust it.")
    source: str = Field(description="Id of its source.")
    valid_from: date | None
    valid_to: date | None


class GroupItem(BaseModel):
    """A named set of districts within a layer."""

    id: str = Field(examples=["hazard_zone:foothill"])
    layer: str
    name: str
    name_en: str
    districts: list[str]
    sourced: list[str] = Field(description="Members taken from a published list.")


class SourceItem(BaseModel):
    """Where facts come from, and what may be done with them."""

    id: str
    title: str
    licence: str
    credit: str
    day: date | None
    derived: str = Field(description="What was derived or inferred from it; empty if as published.")
    caution: str


class DistrictsAnswer(AttributedAnswer):
    """The districts of the city. A city without districts has none: everybody is the whole city."""

    districts: list[DistrictItem]
    layers: list[LayerItem]
    groups: list[GroupItem]
    sources: list[SourceItem]


class DistrictFeature(BaseModel):
    """A district on the map; its geometry is null where none is known."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: dict[str, Any] | None
    properties: DistrictItem


class DistrictCollection(AttributedAnswer):
    """The districts as GeoJSON (RFC 7946) with our own members beside the standard ones."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[DistrictFeature]
