"""The reads of one world: prepared bytes, with no database on the way (design.md §2)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from alerts.service import queries
from alerts.service.queries import RECENT_ALERTS, AlertHistory
from api.cursor import CursorError, place_of
from api.problems import FieldError, ProblemError, documented
from api.residents.asked import Districts, asked_districts
from api.residents.prepared import GEOJSON
from api.residents.schemas.alerts import AlertAnswer, AlertsAnswer
from api.residents.schemas.districts import DistrictCollection, DistrictsAnswer
from api.residents.schemas.situation import SituationAnswer
from api.residents.world import WorldApi

_LOG = logging.getLogger(__name__)

Limit = Annotated[int, Query(ge=1, le=RECENT_ALERTS, description="At most so many.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the answer before.")]
DistrictFormat = Literal["json", "geojson"]
Documented = dict[int | str, dict[str, Any]]
READ: Documented = {304: {"description": "Nothing changed since the answer whose ETag was sent in If-None-Match."}}
_MAP: Documented = READ | {200: {"content": {GEOJSON: {}}}}


def reads(world: WorldApi) -> APIRouter:
    """Situation, alerts and districts of a world."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get(
        "/situation", response_model=SituationAnswer, responses=READ | documented("invalid-request", "unavailable")
    )
    async def situation(request: Request, district: Districts = []) -> Response:  # noqa: B006
        """What is in force, the gravest first: in the city, or in some districts with what they were told."""
        districts = asked_districts(world.services.pack, district)
        return world.snapshot.answers.situation(world.language(request), districts).answer(request)

    @router.get("/alerts", response_model=AlertsAnswer, responses=READ | documented("invalid-request", "unavailable"))
    async def alerts(request: Request, limit: Limit = RECENT_ALERTS, cursor: Cursor = None) -> Response:
        """The alerts changed last, newest first, also those that are over; `next` of an answer leads to older ones."""
        language, answers = world.language(request), world.snapshot.answers
        if cursor is None:
            return answers.alerts(language, limit).answer(request)
        older = await run_in_threadpool(_older, world, cursor, limit)
        return answers.page(older, language, limit).answer(request)

    @router.get(
        "/alerts/{alert_id}", response_model=AlertAnswer, responses=READ | documented("unknown-alert", "unavailable")
    )
    async def alert(alert_id: str, request: Request) -> Response:
        """One alert with all its revisions: what changed, who was told what, and why."""
        language = world.language(request)
        held = world.snapshot.answers.alert(alert_id, language)
        if held is None:
            history = await run_in_threadpool(find_alert, world, alert_id)
            held = world.snapshot.answers.told(history, language)
        return held.answer(request)

    @router.get("/districts", response_model=DistrictsAnswer, responses=_MAP | documented("invalid-request"))
    async def districts(request: Request, format: DistrictFormat = "json") -> Response:  # noqa: A002
        """The districts with their layers and groups, and where each comes from; `format=geojson` for a map."""
        answers = world.snapshot.answers
        return (answers.districts_geojson() if format == "geojson" else answers.districts()).answer(request)

    @router.get("/districts.geojson", response_model=DistrictCollection, responses=_MAP)
    async def districts_geojson(request: Request) -> Response:
        """The districts as GeoJSON (RFC 7946)."""
        return world.snapshot.answers.districts_geojson().answer(request)

    return router


def find_alert(world: WorldApi, alert_id: str) -> AlertHistory:
    """An alert too old to be held in memory."""
    with _from_the_database(world):
        history = queries.alert(world.services, alert_id)
    if history is None:
        raise ProblemError("unknown-alert", f"Take an id from {world.prefix}/alerts.")
    return history


def _older(world: WorldApi, cursor: str, limit: int) -> tuple[AlertHistory, ...]:
    """The alerts behind the end of a page."""
    try:
        place = place_of(cursor, world.services.world.name)
    except CursorError:
        error = FieldError(field="query.cursor", message="This is not the `next` of an answer")
        raise ProblemError("invalid-request", "Send `next` as it came.", errors=(error,)) from None
    with _from_the_database(world):
        return queries.older_alerts(world.services, place, limit)


@contextmanager
def _from_the_database(world: WorldApi) -> Iterator[None]:
    """What cannot be read is not denied: an empty answer would mean that there was nothing (R30)."""
    try:
        yield
    except Exception as error:
        _LOG.exception("the %s database cannot be read", world.services.world.name)
        raise ProblemError(
            "unavailable", "Older alerts cannot be read at the moment. Ask again.", headers={"Retry-After": "10"}
        ) from error
