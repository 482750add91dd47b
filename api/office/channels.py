"""The second channel for the office: who is listed, and what became of an alert everywhere (R26)."""

from typing import Any

from fastapi import APIRouter, Response

from alerts.service.channels import results, roll
from alerts.service.services import Services
from alerts.service.why import UnknownAlertError
from api.office.door import Door
from api.office.operators import for_operators
from api.office.schemas.channels import ChannelResultsAnswer, ChannelResultsOut, ListAnswer, SubscriberOut
from api.problems import documented
from api.residents.stamp import fresh
from api.residents.why import unknown_alert
from api.residents.world import WorldApi


def office_channels(world: WorldApi, door: Door) -> APIRouter:
    """The list of one world; for who has logged in."""
    services = world.services
    router = for_operators(world, door)

    @router.get("/channels", responses=documented("not-found", "unavailable"))
    def read_list(response: Response) -> ListAnswer:
        """Who is told by e-mail and webhook, without addresses; needs a login."""
        found = [SubscriberOut.of(one) for one in roll.listed(services)]
        return ListAnswer(**stamp(services, response), subscribers=found)

    @router.get("/alerts/{alert_id}/channels", responses=documented("unknown-alert", "unavailable"))
    def read_results(alert_id: str, response: Response) -> ChannelResultsAnswer:
        """What became of an alert on every channel, by revision; needs a login."""
        try:
            found = results.results(services, alert_id)
        except UnknownAlertError:
            raise unknown_alert(world) from None
        revisions = [ChannelResultsOut.of(one) for one in found]
        return ChannelResultsAnswer(**stamp(services, response), alert_id=alert_id, revisions=revisions)

    return router


def stamp(services: Services, response: Response) -> dict[str, Any]:
    """What every answer says of itself; none of these is ever cached."""
    response.headers["Cache-Control"] = "no-store"
    return fresh(services)
