"""The city's own table from a hazard to districts in the order of telling (city.md §0-1, design.md §4).

JMA's codes stop at the municipality, so who is most exposed is the city's knowledge: rules are data in the pack, with a
version and an author. Only river floods name parts of a city themselves (`SubCityList`); those come before any rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alerts.alert import Tier
from alerts.city.gazetteer import Gazetteer
from alerts.city.rule import Case, Rule

NAMED_WORST, NAMED_TOO = "flood_named", "flood_named_early"  # phrases: the forecast names these districts


def only(tiers: Sequence[Tier], districts: frozenset[str]) -> tuple[Tier, ...]:
    """The tiers for some districts alone, in the same order."""
    left = set(districts)
    kept: list[Tier] = []
    for tier in tiers:
        members = frozenset(left if tier.districts is None else left & tier.districts)
        if members:
            kept.append(replace(tier, districts=members))
            left -= members
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class MatchingRules:
    """One version of a city's rules, with the places they name. The first rule that fits decides."""

    version: int
    author: str
    day: date | None  # when this version was made
    note: str
    rules: tuple[Rule, ...]
    places: Gazetteer

    def rule_for(self, case: Case) -> Rule | None:
        """The rule that decides, None where everybody is told at once."""
        return next((rule for rule in self.rules if rule.matches(case)), None)

    def tiers(self, case: Case) -> tuple[Tier, ...]:
        """Whom to tell, most exposed first.

        No district stands in two tiers. The last tier has `districts` None: everybody else, also who has no district.
        Where it is told less urgently, who has no district stands before it, in a tier without districts.
        """
        told: set[str] = set()
        tiers: list[Tier] = []
        for tier in (*self._named(case), *self._ruled(case)):
            members = None if tier.districts is None else tier.districts - told
            if tier.lowered and not any(before.lowered for before in tiers):
                tiers.append(Tier(frozenset(), rule=tier.rule))
            if members is None or members:
                tiers.append(Tier(members, tier.because, tier.rule, tier.level, tier.lowered))
                told |= members or frozenset()
        return tuple(tiers)

    def lowered(self, tiers: Sequence[Tier]) -> frozenset[str]:
        """The districts that are told one step less urgently."""
        told: set[str] = set()
        less: set[str] = set()
        for tier in tiers:
            members = set(self.places.districts if tier.districts is None else tier.districts) - told
            told |= members
            less |= members if tier.lowered else set()
        return frozenset(less)

    def districts_of(self, tiers: Sequence[Tier]) -> tuple[str, ...] | None:
        """The district ids that tiers reach, in the order of telling; None where the pack has no districts."""
        if not self.places.districts:
            return None
        rank: dict[str, int] = {}
        for position, tier in enumerate(tiers):
            for district in self.places.districts if tier.districts is None else tier.districts:
                rank.setdefault(district, position)
        return tuple(sorted((d for d in self.places.districts if d in rank), key=rank.__getitem__))

    @property
    def because_keys(self) -> frozenset[str]:
        """Every phrase key that tiers can have; the wording tables must have each of them."""
        ruled = (step.because for rule in self.rules for step in rule.tell)
        return frozenset((*ruled, NAMED_WORST, NAMED_TOO))

    def _named(self, case: Case) -> Iterator[Tier]:
        """The districts that the telegram names, those of the highest level first."""
        levels = self.places.own_levels(case.extent)
        for position, level in enumerate(sorted(set(levels.values()), reverse=True)):
            members = frozenset(district for district, own in levels.items() if own == level)
            yield Tier(members, NAMED_TOO if position else NAMED_WORST, level=level)

    def _ruled(self, case: Case) -> Iterator[Tier]:
        """The groups of the rule that fits, and the rest of the city."""
        rule = self.rule_for(case)
        if rule is None:
            yield Tier(None)
            return
        may_lower = case.may_be_lowered and rule.groups <= self.places.official
        for step in rule.tell:
            yield Tier(self.places.members(step.groups), step.because, rule.id, lowered=step.lowered and may_lower)
        yield Tier(None, rule=rule.id, lowered=rule.rest_lowered and may_lower)
