"""The reads of what is shown and never pushed: forecast, outlook, timeline, typhoons, bulletins, earthquakes."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from api.problems import documented
from api.residents.reads import READ
from api.residents.schemas.bulletins import BulletinsAnswer
from api.residents.schemas.earthquakes import EarthquakesAnswer
from api.residents.schemas.forecast import ForecastAnswer, OutlookAnswer, TimelineAnswer
from api.residents.schemas.typhoons import TyphoonsAnswer
from api.residents.showing import Showing
from api.residents.world import WorldApi

_RESPONSES = READ | documented("unavailable")


def shown(world: WorldApi) -> APIRouter:
    """The display reads of a world: prepared bytes as the other reads, JMA's texts in Japanese."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    def answered(name: str, say: Callable[[Showing], BaseModel], request: Request) -> Response:
        """What is held under a name, or said now and held."""
        return world.snapshot.answers.shown(name, say).answer(request)

    @router.get("/forecast", response_model=ForecastAnswer, responses=_RESPONSES)
    async def forecast(request: Request) -> Response:
        """The forecast of the city's area: weather, chance of rain, temperatures, and the week."""
        return answered("forecast", Showing.forecast, request)

    @router.get("/outlook", response_model=OutlookAnswer, responses=_RESPONSES)
    async def outlook(request: Request) -> Response:
        """早期注意情報: whether warnings may follow in the coming days, by hazard and period (警戒レベル 1)."""
        return answered("outlook", Showing.outlook, request)

    @router.get("/timeline", response_model=TimelineAnswer, responses=_RESPONSES)
    async def timeline(request: Request) -> Response:
        """How grave each hazard is expected to be in the municipality, hour by hour."""
        return answered("timeline", Showing.timeline, request)

    @router.get("/typhoons", response_model=TyphoonsAnswer, responses=_RESPONSES)
    async def typhoons(request: Request) -> Response:
        """Typhoons with their forecast, their distance from the city and the probability of their storm."""
        return answered("typhoons", Showing.typhoons, request)

    @router.get("/bulletins", response_model=BulletinsAnswer, responses=_RESPONSES)
    async def bulletins(request: Request) -> Response:
        """JMA's commentaries that concern the city, with their tags."""
        return answered("bulletins", Showing.bulletins, request)

    @router.get("/earthquakes", response_model=EarthquakesAnswer, responses=_RESPONSES)
    async def earthquakes(request: Request) -> Response:
        """Earthquakes felt here, and what JMA says of earthquakes and tsunami."""
        return world.snapshot.answers.earthquakes(world.language(request)).answer(request)

    return router
