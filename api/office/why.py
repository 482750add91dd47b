"""Why a district was told of an alert when it was, for the office."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from alerts.service.why import UnknownAlertError
from alerts.service.why_district import UnknownDistrictError, why_district
from api.office.door import Door
from api.office.operators import for_operators
from api.problems import FieldError, ProblemError, documented
from api.residents.schemas.why import WhyAnswer
from api.residents.why import unknown_alert
from api.residents.world import WorldApi

District = Annotated[str, Query(description="Id of the district, from /v1/districts.")]


def why_districts(world: WorldApi, door: Door) -> APIRouter:
    """The office's question of one world; for who has logged in."""
    router = for_operators(world, door)

    @router.get("/alerts/{alert_id}/why", responses=documented("unknown-alert", "invalid-request", "unavailable"))
    def read_why(alert_id: str, district: District, request: Request, response: Response) -> WhyAnswer:
        """Why a district was told or not, with its phones by outcome; needs a login."""
        response.headers["Cache-Control"] = "no-store"
        try:
            found = why_district(world.services, district, alert_id, world.language(request))
        except UnknownAlertError:
            raise unknown_alert(world) from None
        except UnknownDistrictError as error:
            wrong = FieldError(field="query.district", message=str(error))
            raise ProblemError("invalid-request", "Take a district id from /v1/districts.", errors=(wrong,)) from None
        return WhyAnswer.of(world.services, found)

    return router
