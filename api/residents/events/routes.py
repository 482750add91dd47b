"""The stream of one world's changes. Nothing of the other world is ever in it (R1)."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response

from api.problems import documented
from api.residents.asked import Districts, asked_districts
from api.residents.events.open_stream import MEDIA_TYPE
from api.residents.events.pulse import Pulse
from api.residents.events.stream import Asked, EventStream
from api.residents.world import WorldApi

LastEventId = Annotated[
    str, Header(alias="Last-Event-ID", max_length=200, description="Of the last event; browsers send it by themselves.")
]
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events `situation`, `alerts`, `shelters`; their data says where to read. A comment each 15 s.",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}


def events(world: WorldApi, pulse: Pulse) -> APIRouter:
    """The stream of one world."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get(
        "/events", response_class=Response, responses=_STREAM | documented("invalid-request", "too-many-streams")
    )
    async def read_events(district: Districts = [], last_event_id: LastEventId = "") -> EventStream:  # noqa: B006
        """Server-sent events for an open app: when what it shows of these districts has changed, within two seconds.

        At first one event of each kind, or after `Last-Event-ID` those that differ from what the app knows.
        """
        districts = asked_districts(world.services.pack, district)
        pulse.enter()
        return EventStream(pulse, Asked(districts, last_event_id, world.prefix))

    return router
