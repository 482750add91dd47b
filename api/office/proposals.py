"""Evacuation orders proposed to the office, and its decision; recorded, never sent from here (R25)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from alerts.people.role import Role
from alerts.proposal import ProposalState
from alerts.service import proposals
from alerts.service.people.acting import Actor
from alerts.service.proposals import NOT_SENT, NotWaitingError, UnknownProposalError
from api.office.door import Door
from api.office.operators import for_operators
from api.office.schemas.proposals import DecidedAnswer, DecisionIn, ProposalItem, ProposalsAnswer
from api.problems import ProblemError, documented
from api.residents.world import WorldApi

_VERDICTS = {"confirm": ProposalState.CONFIRMED, "decline": ProposalState.DECLINED}

All = Annotated[bool, Query(description="Also those that are over, the newest first.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many, with `all`.")]


def office_proposals(world: WorldApi, door: Door) -> APIRouter:
    """The proposals of one world; for who has logged in."""
    services = world.services
    router = for_operators(world, door)

    @router.get("/proposals", responses=documented("not-found", "invalid-request", "unavailable"))
    def read_proposals(response: Response, limit: Limit = 100, *, all: All = False) -> ProposalsAnswer:  # noqa: A002
        """Orders proposed by the city's published triggers; needs a login."""
        response.headers["Cache-Control"] = "no-store"
        found = proposals.newest(services, limit) if all else proposals.holding(services)
        return ProposalsAnswer(
            as_of=services.clock.now(),
            stale=False,
            drill=services.is_drill,
            escalate_minutes=services.pack.triggers.escalate_minutes,
            proposals=[ProposalItem.of(one, drill=services.is_drill) for one in found],
        )

    @router.post(
        "/proposals/{proposal_id}/decision",
        responses=documented("malformed-request", "unknown-proposal", "not-waiting", "too-large", "invalid-request")
        | documented("unavailable"),
    )
    def decide(
        proposal_id: str,
        decision: DecisionIn,
        response: Response,
        actor: Annotated[Actor, Depends(door.operators(Role.AUTHOR))],
    ) -> DecidedAnswer:
        """Records what the city decided. Sends nothing: the order goes out by the city's own channels."""
        response.headers["Cache-Control"] = "no-store"
        try:
            proposal = proposals.decide(
                services, proposal_id, _VERDICTS[decision.decision], decision.name, decision.note, actor
            )
        except UnknownProposalError:
            raise ProblemError("unknown-proposal", f"Take an id from {world.prefix}/office/proposals.") from None
        except NotWaitingError as error:
            raise ProblemError("not-waiting", f"{error}.") from None
        return DecidedAnswer(
            as_of=services.clock.now(),
            stale=False,
            drill=services.is_drill,
            remark=NOT_SENT,
            proposal=ProposalItem.of(proposal, drill=services.is_drill),
        )

    return router
