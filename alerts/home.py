"""The places a phone is told about: its own, numbered as the phone numbers them, and those of phones it follows.

A place is a set of districts and nothing else: no coordinates, no names. An empty one is the whole city (fail wide,
design.md §3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alerts.alert import Tier

Part = frozenset[str]


@dataclass(frozen=True, slots=True)
class Places:
    """`own` by number, 0 is home; `followed` by the number of the follow, once for each place of the other phone."""

    own: tuple[Part, ...] = (frozenset(),)
    followed: tuple[tuple[int, Part], ...] = ()

    @classmethod
    def at(cls, *districts: str) -> "Places":
        """One place; without districts the whole city."""
        return cls((frozenset(districts),))

    @property
    def parts(self) -> Iterator[Part]:
        """All of them."""
        yield from self.own
        for _, part in self.followed:
            yield part


WHOLE_CITY = Places()


def tier_of(districts: Part, tiers: Sequence[Tier]) -> int | None:
    """Index of the first tier that names one of the districts; None if they lie outside all of them.

    A place without districts belongs to the last tier that is told with full urgency: who cannot be placed is told,
    not left out, and nobody is told less because nobody knows where they are.
    """
    if not districts:
        in_full = (index for index, tier in enumerate(tiers) if not tier.lowered)
        return max(in_full, default=len(tiers) - 1)
    for index, tier in enumerate(tiers):
        if tier.districts is None or tier.districts & districts:
            return index
    return None


def tier_among(places: Places, tiers: Sequence[Tier]) -> int | None:
    """The first tier that any of the places belongs to: who has two is told of the more exposed one."""
    if len(places.own) == 1 and not places.followed:
        return tier_of(places.own[0], tiers)
    found = (tier_of(part, tiers) for part in places.parts)
    return min((tier for tier in found if tier is not None), default=None)


@dataclass(frozen=True, slots=True)
class Concern:
    """Which of a phone's places a push is about. `districts` are to be named: empty where it is about all of them."""

    places: tuple[int, ...] = ()
    follows: tuple[int, ...] = ()
    districts: tuple[str, ...] = ()


def concern_of(places: Places, tiers: Sequence[Tier], tier: int) -> Concern:
    """The places that belong to the tier a phone is told with."""
    own = [number for number, part in enumerate(places.own) if tier_of(part, tiers) == tier]
    followed = [(number, part) for number, part in places.followed if tier_of(part, tiers) == tier]
    follows = tuple(sorted({number for number, _ in followed}))
    if len(own) + len(followed) == len(places.own) + len(places.followed):
        return Concern(tuple(own), follows)
    hit = frozenset[str]().union(*(places.own[number] for number in own), *(part for _, part in followed))
    named = sorted(district for district in hit if tier_of(frozenset({district}), tiers) == tier)
    return Concern(tuple(own), follows, tuple(named))
