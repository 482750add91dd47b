"""A phone confirms what arrived and what was opened. Each world's phones are its own (R1)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from alerts.service.receipts import confirm
from alerts.store.device import Device
from api.bodies import StrictRoute
from api.problems import documented
from api.residents.owner import owner_in
from api.residents.schemas.receipts import ReceiptsAnswer, ReceiptsIn
from api.residents.world import WorldApi

_REFUSALS = documented("unauthenticated", "malformed-request", "too-large", "invalid-request", "unavailable")


def receipts(world: WorldApi) -> APIRouter:
    """The receipts of one world's phones."""
    services = world.services
    router = APIRouter(prefix=f"{world.prefix}/devices", tags=[world.tag], route_class=StrictRoute)

    @router.post("/me/receipts", responses=_REFUSALS)
    def send_receipts(
        device: Annotated[Device, Depends(owner_in(services))], sent: ReceiptsIn, response: Response
    ) -> ReceiptsAnswer:
        """Takes a batch of confirmations; the same batch again changes nothing."""
        response.headers["Cache-Control"] = "no-store"
        unknown = confirm(services, device, [one.receipt() for one in sent.receipts])
        return ReceiptsAnswer(
            as_of=services.clock.now(),
            stale=False,
            drill=services.is_drill,
            taken=len(sent.receipts) - len(unknown),
            unknown=unknown,
        )

    return router
