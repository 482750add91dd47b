"""How far an alert came, for the office."""

from fastapi import APIRouter, Depends, Response

from alerts.service.receipts import reached
from alerts.service.why import UnknownAlertError
from api.office.local import this_machine_only
from api.office.schemas.receipts import ReachedAnswer, ReachedOut
from api.problems import documented
from api.residents.why import unknown_alert
from api.residents.world import WorldApi


def office_receipts(world: WorldApi) -> APIRouter:
    """The figures of one world's alerts; mounted on embedded defaults only, since nobody can log in yet."""
    services = world.services
    router = APIRouter(prefix=f"{world.prefix}/office", tags=[world.tag], dependencies=[Depends(this_machine_only)])

    @router.get("/alerts/{alert_id}/receipts", responses=documented("unknown-alert", "unavailable"))
    def read_receipts(alert_id: str, response: Response) -> ReachedAnswer:
        """Phones that a push was accepted for, that received and that opened it; on the service's own machine only."""
        response.headers["Cache-Control"] = "no-store"
        try:
            found = reached(services, alert_id)
        except UnknownAlertError:
            raise unknown_alert(world) from None
        return ReachedAnswer(
            as_of=services.clock.now(),
            stale=False,
            drill=services.is_drill,
            alert_id=alert_id,
            revisions=[ReachedOut.of(one) for one in found],
        )

    return router
