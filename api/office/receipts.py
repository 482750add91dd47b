"""How far an alert came, for the office."""

from fastapi import APIRouter, Response

from alerts.service.receipts import reached
from alerts.service.why import UnknownAlertError
from api.office.door import Door
from api.office.operators import for_operators
from api.office.schemas.receipts import ReachedAnswer, ReachedOut
from api.problems import documented
from api.residents.why import unknown_alert
from api.residents.world import WorldApi


def office_receipts(world: WorldApi, door: Door) -> APIRouter:
    """The figures of one world's alerts; for who has logged in."""
    services = world.services
    router = for_operators(world, door)

    @router.get("/alerts/{alert_id}/receipts", responses=documented("unknown-alert", "unavailable"))
    def read_receipts(alert_id: str, response: Response) -> ReachedAnswer:
        """Phones that a push was accepted for, that received and that opened it; needs a login."""
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
