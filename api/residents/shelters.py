"""The reads of places of refuge: all, some by district, box or hazard, one; JSON, GeoJSON and the standard's CSV."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from api.boxes import EXAMPLE, is_on_earth, numbers_of
from api.problems import FieldError, ProblemError, documented
from api.residents.asked import asked_districts
from api.residents.prepared import CSV, GEOJSON
from api.residents.reads import READ
from api.residents.schemas.shelters import ShelterAnswer, SheltersAnswer, SiteCollection, SiteItem
from api.residents.world import WorldApi

SiteHazard = Literal[
    "flood", "landslide", "storm_surge", "earthquake", "tsunami", "large_fire", "inland_flood", "volcano"
]
Format = Annotated[Literal["json", "geojson"], Query(description="`geojson` for a map.")]
District = Annotated[str | None, Query(max_length=80, description="Id of a district or of a group of districts.")]
Hazard = Annotated[SiteHazard | None, Query(description="Only emergency sites designated for this hazard.")]
Box = Annotated[
    str | None,
    Query(
        max_length=100,
        description="West, south, east, north in degrees, with commas between.",
        examples=["135.60,34.70,135.62,34.72"],
    ),
]
_FORMATS: dict[int | str, dict[str, Any]] = READ | {200: {"content": {GEOJSON: {}}}}
_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Which places are asked for; None: all."""

    districts: frozenset[str] | None
    box: tuple[float, ...] | None
    hazard: str | None

    @property
    def name(self) -> str | None:
        """The same for the same choice; None where there is no end of choices, so that none is kept."""
        if self.box is not None:
            return None
        where = sorted(self.districts) if self.districts is not None else "everywhere"
        return "" if self == Choice(None, None, None) else f"{where}/{self.hazard}"

    def __call__(self, item: SiteItem) -> bool:
        """Whether a place is among them."""
        return (
            self._is_in_box(item) and self._is_in_districts(item) and (not self.hazard or self.hazard in item.hazards)
        )

    def _is_in_box(self, item: SiteItem) -> bool:
        if self.box is None:
            return True
        west, south, east, north = self.box
        return west <= item.longitude <= east and south <= item.latitude <= north

    def _is_in_districts(self, item: SiteItem) -> bool:
        return self.districts is None or not self.districts.isdisjoint(item.districts)


def shelters(world: WorldApi) -> APIRouter:
    """The places of one world."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])
    pack = world.services.pack

    @router.get("/shelters", response_model=SheltersAnswer, responses=_FORMATS | documented("invalid-request"))
    async def read_shelters(
        request: Request,
        district: District = None,
        bbox: Box = None,
        hazard: Hazard = None,
        format: Format = "json",  # noqa: A002
    ) -> Response:
        """Where to flee to (指定緊急避難場所, per hazard), and where to stay (指定避難所), with what is open."""
        districts = asked_districts(pack, [district]) if district is not None else None
        choice = Choice(districts, _box(bbox) if bbox is not None else None, hazard)
        return world.snapshot.answers.shelters(format, choice, choice.name).answer(request)

    @router.get("/shelters.geojson", response_model=SiteCollection, responses=_FORMATS)
    async def read_shelters_geojson(request: Request) -> Response:
        """All places as GeoJSON (RFC 7946)."""
        return world.snapshot.answers.shelters("geojson").answer(request)

    @router.get("/shelters.csv", response_class=Response, responses=READ | {200: {"content": {CSV: {}}}})
    async def read_shelters_csv(request: Request) -> Response:
        """All places in the layout of the 自治体標準オープンデータセット, UTF-8 with BOM."""
        return world.snapshot.answers.shelters_csv().answer(request)

    @router.get("/shelters/{shelter_id}", response_model=ShelterAnswer, responses=READ | documented("unknown-shelter"))
    async def read_shelter(shelter_id: str, request: Request) -> Response:
        """One place."""
        found = world.snapshot.answers.shelter(shelter_id)
        if found is None:
            raise ProblemError("unknown-shelter", f"Take an id from {world.prefix}/shelters.")
        return found.answer(request)

    return router


def _box(text: str) -> tuple[float, ...]:
    numbers = numbers_of(text)
    if numbers is not None and len(numbers) == _NUMBERS:
        west, south, east, north = numbers
        if west <= east and is_on_earth(south, north):
            return numbers
    raise _wrong("query.bbox", f"Four numbers are expected: {EXAMPLE}")


def _wrong(field: str, message: str) -> ProblemError:
    return ProblemError("invalid-request", message, errors=(FieldError(field=field, message=message),))
