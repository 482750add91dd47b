"""Where to flee to from here, and where not. The place is in the query; nothing of it is kept or logged (R20)."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from alerts.city.pack import CityPack
from api.problems import FieldError, ProblemError, documented
from api.residents.advising import Standpoint, advice_answer
from api.residents.locate import Latitude, Longitude
from api.residents.schemas.advice import AdviceAnswer
from api.residents.shelters import SiteHazard
from api.residents.world import WorldApi

District = Annotated[str | None, Query(max_length=80, description="Id of a district, instead of a point.")]
Asked = Annotated[
    list[SiteHazard] | None,
    Query(max_length=8, description="Hazards that count besides those in force, such as `large_fire`."),
]


def advice(world: WorldApi) -> APIRouter:
    """The route that advises."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get("/shelters/advice", responses=documented("invalid-request"))
    async def read_advice(
        request: Request,
        response: Response,
        *,
        lat: Latitude = None,
        lon: Longitude = None,
        district: District = None,
        hazard: Asked = None,
    ) -> AdviceAnswer:
        """Which places are fit for what is in force, open and not full, by distance; which near ones not to go to.

        Send `lat` and `lon`, or a `district`. The point is neither stored nor logged.
        """
        place = _place(world.services.pack, lat, lon, district)
        language = world.language(request)
        answer, languages = advice_answer(world.services, world.snapshot.answers, place, hazard or (), language)
        response.headers.update({"Cache-Control": "no-store", "Content-Language": languages})
        return answer

    return router


def _place(pack: CityPack, lat: float | None, lon: float | None, district: str | None) -> Standpoint:
    if district is None and lat is not None and lon is not None:
        return Standpoint(lat, lon)
    if district is None:
        raise _wrong("query.lat" if lat is None else "query.lon", "Send both lat and lon, or a district")
    if lat is not None or lon is not None:
        raise _wrong("query.district", "Send either lat and lon, or a district")
    found = next((each for each in pack.districts if each.id == district), None)
    if found is None:
        raise _wrong("query.district", "This is not a district of this city; see /v1/districts")
    return Standpoint(found.latitude, found.longitude, found)


def _wrong(field: str, message: str) -> ProblemError:
    return ProblemError("invalid-request", f"{message}.", errors=(FieldError(field=field, message=message),))
