"""Evacuation orders that are proposed, and the city's decision."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from alerts.proposal import Ending, EvacuationOrder, Proposal, ProposalState
from alerts.service.proposals import MAX_NAME, NOT_SENT
from api.office import words
from api.residents.schemas.answer import Answer
from api.times import JapanTime


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
    def of(cls, proposal: Proposal, *, drill: bool) -> "ProposalItem":
        """A proposal as the office sees it."""
        return cls(
            id=proposal.id,
            order=proposal.order,
            order_name=words.ORDERS[proposal.order],
            order_level=proposal.order.level,
            state=proposal.state,
            text=words.proposed(proposal, drill=drill),
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
