"""GET /v1/app: whether an app is too old; asked at each start, and answered whatever else is gone."""

from fastapi import APIRouter, Request, Response

from api.residents.reads import READ
from api.residents.schemas.app import AppAnswer
from api.residents.world import WorldApi


def app_versions(world: WorldApi) -> APIRouter:
    """The app's own document; it comes with the city pack."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get("/app", response_model=AppAnswer, responses=READ)
    async def read_app(request: Request) -> Response:
        """The oldest app version of each platform that may still be used."""
        return world.snapshot.answers.app().answer(request)

    return router
