"""What residents can choose, and what the city has for who says nothing."""

from fastapi import APIRouter, Request, Response

from api.residents.reads import READ
from api.residents.schemas.preferences import PreferencesAnswer
from api.residents.world import WorldApi


def preferences(world: WorldApi) -> APIRouter:
    """The choices of one world's phones: the same in both, by the city's policy."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get("/preferences", response_model=PreferencesAnswer, responses=READ)
    async def read_preferences(request: Request) -> Response:
        """The families of hazards, and the defaults of the city's policy."""
        return world.snapshot.answers.preferences().answer(request)

    return router
