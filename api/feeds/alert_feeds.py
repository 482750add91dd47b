"""The routes of CAP messages, their Atom feed, and the map of what is in force."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.feeds.atom import ATOM, FEED, alert_feed
from api.feeds.published import CAP, KEY, Published
from api.feeds.schemas import SituationMap
from api.feeds.situation_map import situation_map
from api.problems import ProblemError, documented
from api.residents.prepared import GEOJSON
from api.residents.reads import READ, find_alert
from api.residents.world import WorldApi

Documented = dict[int | str, dict[str, Any]]
_TEXT = {"schema": {"type": "string"}}
_CAP: Documented = READ | {200: {"content": {CAP: _TEXT}}} | documented("unknown-alert", "unavailable")
_ATOM: Documented = READ | {200: {"content": {ATOM: _TEXT}}} | documented("unavailable")
_MAP: Documented = READ | {200: {"content": {GEOJSON: {}}}} | documented("unavailable")


def alert_feeds(world: WorldApi) -> APIRouter:
    """The alerts of one world for other systems: prepared as the phones' answers are."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])
    published = Published(world)
    _add_overviews(router, published)
    _add_messages(router, published)
    return router


def _add_messages(router: APIRouter, published: Published) -> None:
    """CAP messages, one by one."""
    world = published.world

    async def answer(alert_id: str, key: str | None, request: Request) -> Response:
        """One message of an alert, the latest without a key; asks the database for an alert that is not held."""
        answers = world.snapshot.answers
        history = answers.overview.histories.get(alert_id)
        if history is None:
            history = await run_in_threadpool(find_alert, world, alert_id)
        found = published.document(published.told(history, answers), key, answers)
        if found is None:
            raise ProblemError("unknown-alert", f"The alert has no such message; its latest is {alert_id}.cap.")
        return found.answer(request)

    @router.get("/alerts/{alert_id}.cap", response_class=Response, responses=_CAP)
    async def read_latest_cap(alert_id: str, request: Request) -> Response:
        """The latest CAP 1.2 message of an alert."""
        return await answer(alert_id, None, request)

    @router.get("/alerts/{alert_id}/{message}.cap", response_class=Response, responses=_CAP)
    async def read_cap(alert_id: str, message: str, request: Request) -> Response:
        """One CAP 1.2 message: that of a revision, `2`, or of one said again because it would run out, `2-1`."""
        if not KEY.fullmatch(message):
            raise ProblemError("unknown-alert", "Name a message by its revision, like 2.cap or 2-1.cap.")
        return await answer(alert_id, message, request)


def _add_overviews(router: APIRouter, published: Published) -> None:
    """All of them at once: the feed and the map."""
    world = published.world

    @router.get(FEED, response_class=Response, responses=_ATOM)
    async def read_feed(request: Request) -> Response:
        """The alerts changed last and all in force, as Atom; each entry links to its latest CAP 1.2 message."""
        return alert_feed(published, world.snapshot.answers, world.language(request)).answer(request)

    @router.get("/situation.geojson", response_model=SituationMap, responses=_MAP)
    async def read_situation_map(request: Request) -> Response:
        """What is in force, by district with the official colours, as GeoJSON (RFC 7946)."""
        return situation_map(world, world.snapshot.answers, world.language(request)).answer(request)
