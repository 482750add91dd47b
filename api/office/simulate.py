"""What would a telegram or a draft do? Answered with no effect, on the service's own machine only (issue 4).

GET takes what the service has already, a stored telegram or a step of a drill. POST takes a body, a telegram's XML or a
draft as JSON: the content of a GET means nothing in HTTP (RFC 9110 §9.3.1). Neither changes anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import ValidationError

from alerts.city.drills import UnknownDrillError
from alerts.service.arrival import Incoming
from alerts.service.services import Services
from alerts.service.simulate import simulate
from alerts.service.simulated import (
    DraftError,
    UnknownStepError,
    UnknownTelegramError,
    drafted,
    drill_step,
    raw_telegram,
    stored_telegram,
)
from alerts.service.simulation import Against
from api.office.door import Door
from api.office.operators import for_operators
from api.office.schemas.draft import DraftIn, draft_schema
from api.office.schemas.simulate import SimulationAnswer
from api.problems import FieldError, ProblemError, documented
from api.residents.world import WorldApi

_XML = frozenset({"application/xml", "text/xml"})
_JSON = "application/json"
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/xml": {"schema": {"type": "string"}, "example": "<Report xmlns=…>…</Report>"},
            _JSON: {"schema": draft_schema(), "example": {"type": "VPWW56", "stated": [{"code": "49"}]}},
        },
    }
}
_ERRORS = documented("unknown-telegram", "invalid-request", "unavailable")
_BODY_ERRORS = documented("not-found", "too-large", "unsupported-media-type", "invalid-request", "unavailable")

What = Annotated[
    Against, Query(description="`empty`: what it does by itself; `now`: given what stands and is known now.")
]
Telegram = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$", description="Id of a stored telegram.")]
DrillName = Annotated[str | None, Query(max_length=60, description="Name of a drill, with `step`.")]
Step = Annotated[int | None, Query(ge=1, description="Step of the drill, the first is 1.")]
File = Annotated[str, Query(max_length=200, description="File name of the XML: it may give the type.")]


async def _body(request: Request) -> bytes:
    return await request.body()


def simulator(world: WorldApi, door: Door) -> APIRouter:
    """The simulation of one world; for who has logged in."""
    services = world.services
    router = for_operators(world, door)

    @router.get("/simulate", responses=_ERRORS)
    def simulate_known(
        response: Response,
        telegram: Telegram = None,
        drill: DrillName = None,
        step: Step = None,
        against: What = Against.EMPTY,
    ) -> SimulationAnswer:
        """What a stored telegram or a step of a drill would do: districts, phones, exact texts. Has no effect."""
        response.headers["Cache-Control"] = "no-store"
        with _named():
            incoming = _known(services, telegram, drill, step)
        return SimulationAnswer.of(services, simulate(services, incoming, against))

    @router.post("/simulate", responses=_BODY_ERRORS, openapi_extra=_BODY)
    def simulate_given(
        request: Request,
        response: Response,
        raw: Annotated[bytes, Depends(_body)],
        file: File = "telegram.xml",
        against: What = Against.EMPTY,
    ) -> SimulationAnswer:
        """What the telegram (XML) or the draft (JSON) in the body would do; a POST for its body only, no effect."""
        response.headers["Cache-Control"] = "no-store"
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        with _named():
            incoming = _given(services, kind, raw, file)
        return SimulationAnswer.of(services, simulate(services, incoming, against))

    return router


def _known(services: Services, telegram: str | None, drill: str | None, step: int | None) -> Incoming:
    if telegram is not None and drill is None and step is None:
        return stored_telegram(services, telegram)
    if telegram is None and drill is not None and step is not None:
        return drill_step(services, drill, step)
    raise ProblemError("invalid-request", "Name either `telegram`, or `drill` and `step`; POST takes XML or a draft.")


def _given(services: Services, kind: str, raw: bytes, file: str) -> Incoming:
    if kind in _XML:
        return raw_telegram(services, raw, file)
    if kind == _JSON:
        return drafted(services, DraftIn.model_validate_json(raw).draft())
    raise ProblemError("unsupported-media-type", "Send a telegram as application/xml, or a draft as application/json.")


@contextmanager
def _named() -> Iterator[None]:
    """Turns what cannot be simulated into a problem that says so."""
    try:
        yield
    except (UnknownTelegramError, UnknownDrillError, UnknownStepError) as error:
        raise ProblemError("unknown-telegram", f"{error}.") from None
    except DraftError as error:
        raise ProblemError("invalid-request", "Correct the draft.", errors=(_wrong("body", str(error)),)) from None
    except ValidationError as error:
        errors = tuple(_wrong(".".join(map(str, ("body", *one["loc"]))), one["msg"]) for one in error.errors())
        raise ProblemError("invalid-request", "Correct the fields named in errors.", errors=errors) from None


def _wrong(field: str, message: str) -> FieldError:
    return FieldError(field=field, message=message)
