"""What was sent, or would have been: for people who try the service without a Firebase key."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from alerts.service import queries
from alerts.store.messages import SentMessage
from api.problems import documented
from api.residents.schemas.outbox import OutboxAnswer, OutboxMessage
from api.residents.stamp import jma_credit
from api.residents.world import WorldApi

Limit = Annotated[int, Query(ge=1, le=200, description="How many texts, the newest first.")]


def outbox(world: WorldApi) -> APIRouter:
    """The outbox of one world; mounted for drills, and for the live world on embedded defaults only."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get("/outbox", responses=documented("invalid-request", "unavailable"))
    def read_outbox(response: Response, limit: Limit = 50) -> OutboxAnswer:
        """The newest texts with the number of devices by result; never an address."""
        response.headers["Cache-Control"] = "no-store"
        return OutboxAnswer(
            as_of=world.services.clock.now(),
            stale=False,
            drill=world.services.is_drill,
            attribution=jma_credit(world.services),
            messages=[outbox_message(sent) for sent in queries.outbox(world.services, limit)],
        )

    return router


def outbox_message(sent: SentMessage) -> OutboxMessage:
    """A text of the outbox as the public JSON says it."""
    return OutboxMessage(
        alert_id=sent.alert_id,
        revision=sent.revision,
        language=sent.language,
        urgency=sent.urgency,
        silent=sent.silent,
        title=sent.title,
        body=sent.body,
        created_at=sent.created_at,
        devices=sum(sent.results.values()),
        results=sent.results,
    )
