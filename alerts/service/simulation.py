"""What a simulation answers (issue 4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from alerts.alert import Revision
from alerts.proposal import Proposal
from alerts.telegram.reading import Reading
from alerts.wording.message import PhoneMessage


class Against(StrEnum):
    """What the telegram meets."""

    EMPTY = "empty"  # nothing in force, at the telegram's own time: what it would do by itself
    NOW = "now"  # what stands now and what residents know, at this moment: late and told things stay quiet


@dataclass(frozen=True, slots=True)
class SimulatedTier:
    """Districts told together: `districts` None is everybody else."""

    revision: Revision
    tier: int
    texts: tuple[PhoneMessage, ...]  # in every language there is
    phones: dict[str, int]  # by the language they are set to


@dataclass(frozen=True, slots=True)
class SimulatedPush:
    """One revision that would be made; quiet ones reach nobody."""

    revision: Revision
    districts: tuple[str, ...] | None  # in the order of telling; None where the city has no districts
    tiers: tuple[SimulatedTier, ...]
    untold: int  # phones that would not be told

    @property
    def phones(self) -> int:
        """All phones that would be told."""
        return sum(sum(tier.phones.values()) for tier in self.tiers)

    @property
    def reach(self) -> Literal["whole_city", "districts", "nobody"]:
        """Who would be told, said explicitly (R7)."""
        if not self.phones:
            return "nobody"
        named = all(tier.revision.tiers[tier.tier].districts is not None for tier in self.tiers)
        return "districts" if named else "whole_city"


@dataclass(frozen=True, slots=True)
class Simulation:
    """The whole answer."""

    reading: Reading
    against: Against
    at: datetime
    why_nothing: str | None  # one sentence where no revision would be made
    pushes: tuple[SimulatedPush, ...]
    proposals: tuple[Proposal, ...]  # evacuation orders that would be proposed
