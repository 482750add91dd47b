"""Whether this process lives, and whether the service can do its work."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from alerts.service.readiness import readiness
from alerts.service.services import Services
from api.problems import documented, problem, problem_response
from api.times import rfc3339

_UNCACHED = {"Cache-Control": "no-store"}


class LiveAnswer(BaseModel):
    """This process answers."""

    alive: bool = True


class CheckItem(BaseModel):
    """One part and how it is."""

    world: str = Field(examples=["live"])
    name: str = Field(examples=["feed extra"])
    ok: bool
    reason: str = Field(examples=["read at 01:48:00 UTC"])


class ReadyAnswer(BaseModel):
    """Every check holds."""

    ready: bool
    as_of: str
    stale: bool = False
    checks: list[CheckItem]


def health(worlds: Mapping[str, Services]) -> APIRouter:
    """The two health routes. A drill world that is broken is told, but does not make the service unready."""
    router = APIRouter(prefix="/health", tags=["health"])

    @router.get("/live")
    async def live(response: Response) -> LiveAnswer:
        """Answers as long as this process does; depends on nothing else."""
        response.headers.update(_UNCACHED)
        return LiveAnswer()

    @router.get("/ready", response_model=ReadyAnswer, responses=documented("not-ready"))
    def ready() -> Response:
        """200 if everything works; else 503 with the reasons. For monitoring: reads go on without it."""
        answer = _ready(worlds)
        if answer.ready:
            return JSONResponse(answer.model_dump(mode="json"), headers=_UNCACHED)
        failing = "; ".join(f"{check.name} {check.reason}" for check in answer.checks if _counts(check))
        return problem_response(problem("not-ready", failing, **answer.model_dump(mode="json")))

    return router


def _ready(worlds: Mapping[str, Services]) -> ReadyAnswer:
    checks = [
        CheckItem(world=name, name=check.name, ok=check.ok, reason=check.reason)
        for name, services in worlds.items()
        for check in readiness(services).checks
    ]
    as_of = rfc3339(worlds["live"].clock.now())
    return ReadyAnswer(ready=not any(_counts(check) for check in checks), as_of=as_of, checks=checks)


def _counts(check: CheckItem) -> bool:
    return check.world == "live" and not check.ok
