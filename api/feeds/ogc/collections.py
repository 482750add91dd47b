"""The collections: districts and places of refuge, as the GeoJSON of this API has them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from shapely import box as box_of
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from alerts.service.services import Services
from api.feeds.ogc.query import Box
from api.residents.answers import Answers
from api.residents.places import district_collection

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_HALF_TURN = 180.0


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature with its shape, None where it has none."""

    id: str
    document: Mapping[str, Any]  # GeoJSON
    shape: BaseGeometry | None

    def meets(self, box: Box) -> bool:
        """Whether any part of it lies in the box."""
        west, south, east, north = box
        parts = [(west, east)] if west <= east else [(west, _HALF_TURN), (-_HALF_TURN, east)]
        return self.shape is not None and any(self.shape.intersects(box_of(w, south, e, north)) for w, e in parts)


@dataclass(frozen=True, slots=True)
class Layer:
    """What a collection holds at one moment, in the order of ids."""

    features: Sequence[Feature]
    common: Mapping[str, Any]  # as_of, stale, drill, attribution

    @property
    def bounds(self) -> tuple[float, ...] | None:
        """West, south, east, north of all of it; None where nothing has a shape."""
        shapes = [feature.shape.bounds for feature in self.features if feature.shape is not None]
        if not shapes:
            return None
        return tuple(pick(each[at] for each in shapes) for at, pick in enumerate((min, min, max, max)))


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection."""

    id: str
    title: str
    description: str
    read: Callable[[Services, Answers], Layer]


def _layer(answer: BaseModel) -> Layer:
    """A layer of an answer that is a GeoJSON FeatureCollection."""
    document = answer.model_dump(mode="json")
    features = sorted(document.pop("features"), key=lambda feature: str(feature["id"]))
    del document["type"]
    return Layer([_feature(feature) for feature in features], document)


def _feature(document: Mapping[str, Any]) -> Feature:
    geometry = document["geometry"]
    return Feature(str(document["id"]), document, shape(geometry) if geometry else None)


def _districts(services: Services, answers: Answers) -> Layer:
    return _layer(district_collection(services, answers.basis))


def _shelters(_: Services, answers: Answers) -> Layer:
    return _layer(answers.sites.collection())


COLLECTIONS: Mapping[str, Collection] = {
    collection.id: collection
    for collection in (
        Collection(
            "shelters",
            "指定緊急避難場所・指定避難所",
            "Places to flee to, each only for its `hazards`, and places to stay in, with what is reported to be open.",
            _shelters,
        ),
        Collection(
            "districts",
            "町丁目",
            "Districts of the city. Whether the shapes are official ones is said in `attribution`.",
            _districts,
        ),
    )
}
