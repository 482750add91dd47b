"""Who receives a revision, who does not, and why (design.md §3-4, R5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from alerts.alert import Revision, Scope, Tier, Urgency


class Why(StrEnum):
    """What decided for one device."""

    DISTRICT = "district"  # a tier names one of its districts
    WHOLE_CITY = "whole_city"  # told with everybody, also when its district is unknown
    OTHER_DISTRICT = "other_district"
    OPTED_OUT = "opted_out"
    NEVER_TOLD = "never_told"  # a later revision goes only to those who got an earlier one
    GOT_EARLIER = "got_earlier"


@dataclass(frozen=True, slots=True)
class Recipient:
    """What of a device decides whether it is told."""

    number: int
    districts: frozenset[str]  # empty: unknown, or the resident chose the whole city
    normal_pushes: bool
    told_before: bool  # an earlier revision of the alert was accepted for it, or may have been


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a device is told, with which tier, and why."""

    receives: bool
    tier: int
    why: Why


def tier_of(districts: frozenset[str], tiers: Sequence[Tier]) -> int | None:
    """Index of the first tier that names one of the districts; None if they lie outside all of them.

    A device without districts belongs to the last tier that is told with full urgency: who cannot be placed is told,
    not left out, and nobody is told less because nobody knows where they are.
    """
    if not districts:
        in_full = (index for index, tier in enumerate(tiers) if not tier.lowered)
        return max(in_full, default=len(tiers) - 1)
    for index, tier in enumerate(tiers):
        if tier.districts is None or tier.districts & districts:
            return index
    return None


def judge(recipient: Recipient, revision: Revision) -> Verdict:
    """The verdict on one device for one revision."""
    tier = tier_of(recipient.districts, revision.tiers)
    if revision.scope is Scope.RECEIVERS:
        told = recipient.told_before
        return Verdict(told, tier or 0, Why.GOT_EARLIER if told else Why.NEVER_TOLD)
    if tier is None:
        return Verdict(False, 0, Why.OTHER_DISTRICT)
    if revision.urgency_in(tier) is Urgency.NORMAL and not recipient.normal_pushes:
        return Verdict(False, tier, Why.OPTED_OUT)
    named = revision.tiers[tier].districts is not None
    return Verdict(True, tier, Why.DISTRICT if named else Why.WHOLE_CITY)
