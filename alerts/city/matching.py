"""The city's own table from a hazard to districts in the order of telling (city.md §0-1, design.md §4).

JMA's codes stop at the municipality, so who is most exposed is the city's knowledge: rules are data in the pack, with a
version and an author.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alerts.alert import Tier
from alerts.city.district import Group


@dataclass(frozen=True, slots=True)
class Telling:
    """Groups that are told at the same time, and the phrase that says why they come now."""

    groups: tuple[str, ...]
    because: str  # key in the wording tables


@dataclass(frozen=True, slots=True)
class Rule:
    """For these hazards, tell these groups first. Empty `levels` or `codes` mean any."""

    id: str
    hazards: frozenset[str]
    levels: frozenset[int]
    codes: frozenset[str]
    tell: tuple[Telling, ...]

    def matches(self, hazard: str, level: int | None, code: str) -> bool:
        """Whether the rule speaks about this hazard at this level and code."""
        return (
            hazard in self.hazards
            and (not self.levels or level in self.levels)
            and (not self.codes or code in self.codes)
        )


@dataclass(frozen=True, slots=True)
class MatchingRules:
    """One version of a city's rules, with the groups and districts they name. The first rule that fits decides."""

    version: int
    author: str
    day: date | None  # when this version was made
    note: str
    rules: tuple[Rule, ...]
    groups: Mapping[str, Group]
    districts: tuple[str, ...]  # ids of all districts, in the pack's order

    def rule_for(self, hazard: str, level: int | None, code: str) -> Rule | None:
        """The rule that decides, None where everybody is told at once."""
        return next((rule for rule in self.rules if rule.matches(hazard, level, code)), None)

    def tiers(self, hazard: str, level: int | None, code: str) -> tuple[Tier, ...]:
        """Whom to tell, most exposed first.

        No district stands in two tiers. The last tier has `districts` None: everybody else, also who has no district.
        """
        rule = self.rule_for(hazard, level, code)
        told: frozenset[str] = frozenset()
        tiers: list[Tier] = []
        for step in rule.tell if rule else ():
            members = frozenset(district for group in step.groups for district in self.groups[group].districts) - told
            if members:
                tiers.append(Tier(members, step.because))
                told |= members
        return (*tiers, Tier(None))

    def districts_of(self, tiers: Sequence[Tier]) -> tuple[str, ...] | None:
        """The district ids that tiers reach, in the order of telling; None where the pack has no districts."""
        if not self.districts:
            return None
        rank: dict[str, int] = {}
        for position, tier in enumerate(tiers):
            for district in self.districts if tier.districts is None else tier.districts:
                rank.setdefault(district, position)
        return tuple(sorted((d for d in self.districts if d in rank), key=rank.__getitem__))

    @property
    def because_keys(self) -> frozenset[str]:
        """Every phrase key the rules use; the wording tables must have each of them."""
        return frozenset(step.because for rule in self.rules for step in rule.tell)
