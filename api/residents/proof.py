"""GET /v1/proof: how long the live world's alerts took; no drill, and nothing of one person (issue 8.9)."""

from dataclasses import asdict

from fastapi import APIRouter, Request, Response

from alerts.proof.figures import DayFigures
from alerts.proof.public import PublicProof
from api.problems import ProblemError, documented
from api.residents.answers import Answers
from api.residents.prepared import SHORT, prepare
from api.residents.reads import READ
from api.residents.schemas.proof import DayItem, JourneyItem, LegItem, ProofAnswer
from api.residents.stamp import jma_credit, stamp
from api.residents.world import WorldApi


def public_proof(world: WorldApi) -> APIRouter:
    """The live world's route."""
    router = APIRouter(prefix=world.prefix, tags=[world.tag])

    @router.get("/proof", response_model=ProofAnswer, responses=READ | documented("unavailable"))
    async def read_proof(request: Request) -> Response:
        """When each alert was published, fetched, decided, sent and confirmed; p50 and p99 by day."""
        answers = world.snapshot.answers
        made = answers.made("proof", "", lambda: prepare(_answer(world, answers), language=None, caching=SHORT))
        return made.answer(request)

    return router


def known_proof(answers: Answers) -> PublicProof:
    """What was read last; raises `ProblemError` if nothing ever was."""
    proof = answers.basis.held.proof
    if proof is None:
        detail = "The database has not been read since the start. Ask again."
        raise ProblemError("unavailable", detail, headers={"Retry-After": "5"})
    return proof


def _answer(world: WorldApi, answers: Answers) -> ProofAnswer:
    proof = known_proof(answers)
    return ProofAnswer(
        **stamp(world.services, answers.basis.ages.proof, jma_credit(world.services)),
        days=[_day(one) for one in proof.days],
        journeys=[JourneyItem(**asdict(one)) for one in proof.journeys],
    )


def _day(one: DayFigures) -> DayItem:
    legs = [LegItem(leg=leg, **asdict(found)) for leg, found in one.legs.items()]
    return DayItem(day=one.day, pushed=one.pushed, legs=legs)
