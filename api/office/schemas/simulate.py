"""What a telegram or a draft would do."""

from typing import Literal

from pydantic import BaseModel, Field

from alerts.alert import Change, Urgency
from alerts.service.services import Services
from alerts.service.simulation import Against, SimulatedPush, SimulatedTier, Simulation
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome
from alerts.why.rule import rule_used
from api.office.schemas.proposals import ProposalItem
from api.residents.schemas.answer import Answer
from api.residents.schemas.why import RuleItem
from api.times import JapanTime


class TextItem(BaseModel):
    """The exact words on a phone."""

    language: str
    title: str
    body: str


class TierItem(BaseModel):
    """Districts told together."""

    districts: list[str] | None = Field(description="Null: everybody not named before, also who has no district.")
    urgency: Urgency
    because: str | None
    phones: dict[str, int] = Field(description="By the language the phones are set to.", examples=[{"ja": 812}])
    texts: list[TextItem] = Field(description="In every language there is.")

    @classmethod
    def of(cls, tier: SimulatedTier) -> "TierItem":
        """One tier."""
        own = tier.revision.tiers[tier.tier]
        return cls(
            districts=None if own.districts is None else sorted(own.districts),
            urgency=tier.revision.urgency_in(tier.tier),
            because=own.because,
            phones=tier.phones,
            texts=[TextItem(language=one.language, title=one.title, body=one.body) for one in tier.texts],
        )


class PushItem(BaseModel):
    """One revision that would be made."""

    hazard: str
    code: str
    level: int | None
    name: str
    change: Change
    urgency: Urgency
    pushed: bool = Field(description="False: in the app only; `reason` says why.")
    reason: str
    reach: Literal["whole_city", "districts", "nobody"] = Field(description="Said explicitly (R7).")
    rule: RuleItem
    districts: list[str] | None = Field(description="In the order of telling; null where the city has none.")
    phones: int = Field(description="Phones that would be told, of those registered now.")
    phones_not_told: int = Field(description="By their own choice, their district, or because no earlier one was sent.")
    expires_at: JapanTime
    tiers: list[TierItem]

    @classmethod
    def of(cls, push: SimulatedPush) -> "PushItem":
        """One revision."""
        revision, rule = push.revision, rule_used(push.revision, 0)
        return cls(
            hazard=revision.hazard,
            code=revision.code,
            level=revision.level,
            name=revision.name,
            change=revision.change,
            urgency=revision.urgency,
            pushed=revision.pushed,
            reason=revision.reason,
            reach=push.reach,
            rule=RuleItem(order=rule.order, id=rule.rule, version=rule.version or None, because=rule.because),
            districts=None if push.districts is None else list(push.districts),
            phones=push.phones,
            phones_not_told=push.untold,
            expires_at=revision.expires_at,
            tiers=[TierItem.of(tier) for tier in push.tiers],
        )


class SimulationAnswer(Answer):
    """What would happen; nothing of it did."""

    effect: Literal["none"] = Field(default="none", description="Nothing was written, nudged or sent.")
    against: Against
    at: JapanTime = Field(description="The moment that was simulated.")
    type: str | None
    status: Status
    info_type: InfoType
    outcome: Outcome
    reason: str = Field(description="What was read, in one sentence.")
    why_nothing: str | None = Field(description="Why no revision would be made, if none would.")
    pushes: list[PushItem]
    proposals: list[ProposalItem] = Field(description="Evacuation orders that would be proposed to the office.")

    @classmethod
    def of(cls, services: Services, found: Simulation) -> "SimulationAnswer":
        """A simulation as the office sees it."""
        reading = found.reading
        return cls(
            as_of=services.clock.now(),
            stale=False,
            drill=services.is_drill,
            against=found.against,
            at=found.at,
            type=reading.type,
            status=reading.status,
            info_type=reading.info_type,
            outcome=reading.outcome,
            reason=reading.reason,
            why_nothing=found.why_nothing,
            pushes=[PushItem.of(push) for push in found.pushes],
            proposals=[ProposalItem.of(one, drill=services.is_drill) for one in found.proposals],
        )
