"""Evacuation orders proposed to the office, and its decision; recorded, never sent from here (R25)."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from alerts.proposal import Ending, EvacuationOrder, Proposal, ProposalState
from alerts.service import proposals
from alerts.service.proposals import MAX_NAME, NOT_SENT, NotWaitingError, UnknownProposalError
from alerts.service.services import Services
from api.office import words
from api.office.local import this_machine_only
from api.problems import ProblemError, documented
from api.residents.schemas.answer import Answer
from api.residents.world import WorldApi
from api.times import JapanTime

_VERDICTS = {"confirm": ProposalState.CONFIRMED, "decline": ProposalState.DECLINED}

All = Annotated[bool, Query(description="Also those that are over, the newest first.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many, with `all`.")]


class ProposalItem(BaseModel):
    """An order that is proposed, and how it stands. Residents know nothing of it."""

    id: str
    order: EvacuationOrder
    order_name: str = Field(examples=["避難指示"])
    order_level: int = Field(description="警戒レベル of the order.", examples=[4])
    state: ProposalState = Field(description="`open` waits for a decision.")
    text: str = Field(description="One sentence in Japanese, for the officer.")
    basis: str = Field(description="The criterion, in the city's words.")
    trigger: str
    triggers_version: int
    hazard: str
    level: int = Field(description="警戒レベル of what is in force, as it was proposed.")
    name: str = Field(examples=["レベル４土砂災害危険警報"])
    alert_id: str
    telegram: str
    proposed_at: JapanTime
    escalated_at: JapanTime | None = Field(description="When somebody was called last because nobody decided.")
    decided_at: JapanTime | None
    decided_by: str | None
    note: str | None
    ended_at: JapanTime | None = Field(description="Null: its trigger holds.")
    ending: Ending | None

    @classmethod
    def of(cls, services: Services, proposal: Proposal) -> "ProposalItem":
        """A proposal as the office sees it."""
        return cls(
            id=proposal.id,
            order=proposal.order,
            order_name=words.ORDERS[proposal.order],
            order_level=proposal.order.level,
            state=proposal.state,
            text=words.proposed(proposal, drill=services.is_drill),
            basis=proposal.basis,
            trigger=proposal.trigger,
            triggers_version=proposal.triggers_version,
            hazard=proposal.hazard,
            level=proposal.level,
            name=proposal.name,
            alert_id=proposal.alert_id,
            telegram=proposal.telegram_id,
            proposed_at=proposal.proposed_at,
            escalated_at=proposal.escalated_at,
            decided_at=proposal.decided_at,
            decided_by=proposal.decided_by,
            note=proposal.note,
            ended_at=proposal.ended_at,
            ending=proposal.ending,
        )


class ProposalsAnswer(Answer):
    """What is proposed, the gravest first; with `all` the newest first."""

    escalate_minutes: int = Field(description="So long an urgent one may wait before somebody is called.")
    proposals: list[ProposalItem]


class DecisionIn(BaseModel):
    """What the city decided, by whom, and why."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["confirm", "decline"]
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME)]
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class DecidedAnswer(Answer):
    """The decision is recorded."""

    sent: bool = Field(default=False, description="Always false: a decision sends nothing to anybody.")
    remark: str = Field(examples=[NOT_SENT])
    proposal: ProposalItem


def office_proposals(world: WorldApi) -> APIRouter:
    """The proposals of one world; mounted on embedded defaults only, since nobody can log in yet."""
    services = world.services
    router = APIRouter(prefix=f"{world.prefix}/office", tags=[world.tag], dependencies=[Depends(this_machine_only)])

    @router.get("/proposals", responses=documented("not-found", "invalid-request", "unavailable"))
    def read_proposals(response: Response, limit: Limit = 100, *, all: All = False) -> ProposalsAnswer:  # noqa: A002
        """Orders proposed by the city's published triggers; answered on the service's own machine only."""
        response.headers["Cache-Control"] = "no-store"
        found = proposals.newest(services, limit) if all else proposals.holding(services)
        return ProposalsAnswer(
            as_of=services.clock.now(),
            stale=False,
            drill=services.is_drill,
            escalate_minutes=services.pack.triggers.escalate_minutes,
            proposals=[ProposalItem.of(services, one) for one in found],
        )

    @router.post(
        "/proposals/{proposal_id}/decision",
        responses=documented("unknown-proposal", "not-waiting", "invalid-request", "too-large", "unavailable"),
    )
    def decide(proposal_id: str, decision: DecisionIn, response: Response) -> DecidedAnswer:
        """Records what the city decided. Sends nothing: the order goes out by the city's own channels."""
        response.headers["Cache-Control"] = "no-store"
        try:
            proposal = proposals.decide(
                services, proposal_id, _VERDICTS[decision.decision], decision.name, decision.note
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
            proposal=ProposalItem.of(services, proposal),
        )

    return router
