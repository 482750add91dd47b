"""Proposals of evacuation orders: the city's published triggers say when one is due, and only the city decides (R25).

Nothing here is told to anybody. A proposal waits for an officer, is never lost, and ends when its trigger ends.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from alerts.situation import HazardState

URGENT_LEVEL = 4  # from here on a proposal that nobody decides calls somebody (R25)


class EvacuationOrder(StrEnum):
    """What only the city may order (災害対策基本法), by 警戒レベル."""

    ELDERLY = "elderly_evacuation"  # 高齢者等避難, level 3
    EVACUATION = "evacuation_order"  # 避難指示, level 4
    SAFETY = "emergency_safety"  # 緊急安全確保, level 5

    @property
    def level(self) -> int:
        """The 警戒レベル at which the city orders it."""
        return _LEVELS[self]


_LEVELS = {EvacuationOrder.ELDERLY: 3, EvacuationOrder.EVACUATION: 4, EvacuationOrder.SAFETY: 5}


class ProposalState(StrEnum):
    """Where a proposal stands. Only `open` waits for somebody; the others are final."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LAPSED = "lapsed"  # its trigger ended before anybody decided
    COVERED = "covered"  # the level fell, and what was decided before covers it: there is nothing to decide


class Ending(StrEnum):
    """Why the trigger of a proposal holds no more."""

    OVER = "over"  # nothing of the hazard is in force that triggers anything
    FELL = "fell"  # the level fell: a lesser order is proposed, or covered
    ROSE = "rose"  # the level rose: a graver order is proposed in its place


@dataclass(frozen=True, slots=True)
class Trigger:
    """A published criterion: while one of the hazards is in force at one of the levels, the order is proposed."""

    id: str
    order: EvacuationOrder
    hazards: frozenset[str]
    levels: frozenset[int]
    basis: str  # the criterion in the city's words, for the officer


@dataclass(frozen=True, slots=True)
class Triggers:
    """One version of a city's triggers."""

    version: int
    author: str
    day: date | None
    note: str
    escalate_minutes: int  # so long an urgent proposal may wait before somebody is called, again and again
    triggers: tuple[Trigger, ...]

    @property
    def escalate_after(self) -> timedelta:
        """The patience of R25."""
        return timedelta(minutes=self.escalate_minutes)

    def of(self, state: HazardState) -> Trigger | None:
        """The trigger that a hazard in force pulls, the gravest if there are several."""
        pulled = [one for one in self.triggers if state.hazard in one.hazards and state.level in one.levels]
        return max(pulled, key=lambda one: one.order.level, default=None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One order proposed for one hazard of one chain. `ended_at` None: its trigger still holds."""

    id: str
    chain: str
    hazard: str
    alert_id: str
    trigger: str
    triggers_version: int
    order: EvacuationOrder
    basis: str
    level: int
    name: str  # of the kind in force, as JMA prints it
    telegram_id: str
    state: ProposalState
    proposed_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
    note: str | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    escalated_at: datetime | None = None
    escalations: int = 0

    @property
    def is_urgent(self) -> bool:
        """Whether level 4 or more is at stake, by what is proposed or by what is in force (R25)."""
        return max(self.order.level, self.level) >= URGENT_LEVEL

    def due_to_escalate(self, now: datetime, after: timedelta) -> bool:
        """Whether somebody is to be called: urgent, undecided for so long, and not called for so long."""
        is_waiting = self.state is ProposalState.OPEN and self.is_urgent
        return is_waiting and now - (self.escalated_at or self.proposed_at) >= after
