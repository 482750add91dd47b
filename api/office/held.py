"""What was held, for operators: telegrams that nobody's rules understand, and exercises in the live world (R1, R16)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from alerts.service import held
from alerts.store.telegrams import TelegramRecord
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome
from api.office.door import Door
from api.office.operators import for_operators
from api.problems import documented
from api.residents.schemas.answer import Answer
from api.residents.world import WorldApi
from api.times import JapanTime

Limit = Annotated[int, Query(ge=1, le=500, description="How many telegrams, the newest first.")]
Drills = Annotated[bool, Query(description="Exercises and tests (訓練, 試験) instead of what is held.")]


class HeldTelegram(BaseModel):
    """A telegram that waits for an operator's eyes."""

    id: str
    file: str
    type: str | None = Field(examples=["VPWW55"])
    status: Status
    info_type: InfoType
    outcome: Outcome
    reason: str = Field(description="Why, in one sentence.")
    issued_at: JapanTime | None
    seen_at: JapanTime
    title: str | None
    headline: str | None
    unknown_codes: list[str] = Field(description="Kind codes in the city's own Item that no table knows.")
    applied: bool = Field(description="True: what is understood in it acts.")


class HeldAnswer(Answer):
    """The newest telegrams first."""

    telegrams: list[HeldTelegram]


def held_telegrams(world: WorldApi, door: Door) -> APIRouter:
    """The held telegrams of one world; for who has logged in."""
    router = for_operators(world, door)

    @router.get("/held", responses=documented("not-found", "invalid-request", "unavailable"))
    def read_held(response: Response, limit: Limit = 100, *, drills: Drills = False) -> HeldAnswer:
        """Telegrams that were held, with the reason; needs a login."""
        response.headers["Cache-Control"] = "no-store"
        found = held.exercises(world.services, limit) if drills else held.held(world.services, limit)
        return HeldAnswer(
            as_of=world.services.clock.now(),
            stale=False,
            drill=world.services.is_drill,
            telegrams=[_held_telegram(record) for record in found],
        )

    return router


def _held_telegram(record: TelegramRecord) -> HeldTelegram:
    return HeldTelegram(
        id=record.id,
        file=record.file,
        type=record.type,
        status=record.status,
        info_type=record.info_type,
        outcome=record.outcome,
        reason=record.reason,
        issued_at=record.issued_at,
        seen_at=record.seen_at,
        title=record.title,
        headline=record.headline,
        unknown_codes=list(record.unknown_codes),
        applied=record.applied == "applied",
    )
