"""A place becomes districts. The place is in the query, so neither it nor the answer is kept anywhere (R20)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.service.locate import Located, Locator
from api.problems import FieldError, ProblemError, documented
from api.residents.places import district_items
from api.residents.schemas.locate import LocateAnswer, NearestItem
from api.residents.stamp import DISTRICT_FILES, credits_of, stamp
from api.residents.world import WorldApi

LONGEST_ADDRESS = 200

Latitude = Annotated[float | None, Query(ge=LATITUDES[0], le=LATITUDES[1], description="Degrees, JGD2011 or WGS84.")]
Longitude = Annotated[float | None, Query(ge=LONGITUDES[0], le=LONGITUDES[1], description="Degrees.")]
Address = Annotated[
    str | None,
    Query(min_length=1, max_length=LONGEST_ADDRESS, description="In any usual spelling; begin with the city's name."),
]


def locate(world: WorldApi) -> APIRouter:
    """The route that finds districts."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])
    locator = Locator(world.services.pack)
    items = {item.id: item for item in district_items(world.services.pack)}

    @router.get("/districts/locate", responses=documented("invalid-request"))
    def locate_place(
        response: Response, lat: Latitude = None, lon: Longitude = None, address: Address = None
    ) -> LocateAnswer:
        """The districts of a point (`lat` and `lon`) or of an `address`. Neither is stored or logged."""
        response.headers["Cache-Control"] = "no-store"
        found = _found(locator, lat, lon, address)
        nearest = items[found.nearest] if found.nearest else None
        age = world.snapshot.answers.basis.ages.districts
        return LocateAnswer(
            **stamp(world.services, age, credits_of(world.services.pack, DISTRICT_FILES)),
            certainty=found.certainty,
            districts=[items[district] for district in found.districts],
            nearest=NearestItem(district=nearest, metres=round(found.metres or 0)) if nearest else None,
        )

    return router


def _found(locator: Locator, lat: float | None, lon: float | None, address: str | None) -> Located:
    if address is not None and lat is None and lon is None:
        return locator.address(address)
    if address is None and lat is not None and lon is not None:
        return locator.point(lat, lon)
    raise ProblemError("invalid-request", "Send either lat and lon, or address.", errors=(_fault(lat, address),))


def _fault(lat: float | None, address: str | None) -> FieldError:
    if address is not None:
        return FieldError(field="query.address", message="An address and a point are not asked for together")
    return FieldError(field="query.lat" if lat is None else "query.lon", message="Both lat and lon are needed")
