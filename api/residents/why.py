"""A phone asks why it was told of an alert, or was not. Each world answers for its own (R1)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from alerts.service.why import UnknownAlertError
from alerts.service.why_device import why_device
from alerts.store.device import Device
from api.problems import ProblemError, documented
from api.residents.owner import owner_in
from api.residents.schemas.why import WhyAnswer
from api.residents.world import WorldApi


def why(world: WorldApi) -> APIRouter:
    """The question of one world's phones."""
    services = world.services
    router = APIRouter(prefix=f"{world.prefix}/devices", tags=[world.tag])

    @router.get("/me/alerts/{alert_id}/why", responses=documented("unauthenticated", "unknown-alert", "unavailable"))
    def read_why(
        device: Annotated[Device, Depends(owner_in(services))], alert_id: str, response: Response
    ) -> WhyAnswer:
        """Why this phone was told or not: rule, version, telegram and what decided, in the phone's own language."""
        response.headers["Cache-Control"] = "no-store"
        try:
            return WhyAnswer.of(services, why_device(services, device, alert_id))
        except UnknownAlertError:
            raise unknown_alert(world) from None

    return router


def unknown_alert(world: WorldApi) -> ProblemError:
    """The alert is not of this world; one of a drill is asked for under the drill's own address."""
    other = "the real world's stand under /v1" if world.services.is_drill else "a drill's stand under /v1/drill"
    return ProblemError("unknown-alert", f"Take an id from {world.prefix}/alerts; {other} and reach no phone here.")
