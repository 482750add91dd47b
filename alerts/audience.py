"""Who receives a revision, who does not, and why (design.md §3-4, R5)."""

from dataclasses import dataclass
from enum import StrEnum

from alerts.alert import Change, Revision, Scope, Urgency
from alerts.category import Category, category_of
from alerts.home import Places, tier_among, tier_of
from alerts.preferences import NO_CHOICE, Preferences, level_of


class Why(StrEnum):
    """What decided for one device."""

    DISTRICT = "district"  # a tier names one of its districts
    WHOLE_CITY = "whole_city"  # told with everybody, also when its district is unknown
    OTHER_DISTRICT = "other_district"
    OPTED_OUT = "opted_out"
    MUTED = "muted"
    BELOW_LEVEL = "below_level"
    HELD_BACK = "held_back"  # more than the noise budget of its districts: it waits for the digest
    NEVER_TOLD = "never_told"  # a later revision goes only to those who got an earlier one
    GOT_EARLIER = "got_earlier"


@dataclass(frozen=True, slots=True)
class Recipient:
    """What of a device decides whether it is told."""

    number: int
    places: Places
    normal_pushes: bool
    told_before: bool  # an earlier revision of the alert was accepted for it, or may have been
    preferences: Preferences = NO_CHOICE


@dataclass(frozen=True, slots=True)
class Terms:
    """What the city's policy says of one revision."""

    opt_in: frozenset[Category] = frozenset(Category)  # families whose `normal` pushes come only to who asked for them
    held_back: frozenset[str] = frozenset()  # districts whose noise budget is spent; `UNPLACED`: who is in none


PLAIN_TERMS = Terms()
UNPLACED = ""
_GOES_ON = frozenset({Change.CORRECT, Change.RETRACT, Change.END, Change.LOWER})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a device is told, with which tier, and why."""

    receives: bool
    tier: int
    why: Why


def judge(recipient: Recipient, revision: Revision, terms: Terms = PLAIN_TERMS) -> Verdict:
    """The verdict on one device for one revision."""
    tier = tier_among(recipient.places, revision.tiers)
    if revision.scope is Scope.RECEIVERS:
        told = recipient.told_before and tier is not None  # an office may end its alert for some districts only
        return Verdict(told, tier or 0, Why.GOT_EARLIER if told else Why.NEVER_TOLD)
    if tier is None:
        return Verdict(False, 0, Why.OTHER_DISTRICT)
    if reason := _withheld(recipient, revision, tier, terms):
        return Verdict(False, tier, reason)
    named = revision.tiers[tier].districts is not None
    return Verdict(True, tier, Why.DISTRICT if named else Why.WHOLE_CITY)


def _withheld(recipient: Recipient, revision: Revision, tier: int, terms: Terms) -> Why | None:
    """What of the resident's choices, or of the city's budget, keeps news away; None if nothing does.

    Never from what is critical anywhere, and never the rest of a story that the phone was told the beginning of.
    """
    if revision.urgency is Urgency.CRITICAL or (recipient.told_before and revision.change in _GOES_ON):
        return None
    urgency, category = revision.urgency_in(tier), category_of(revision.hazard)
    if urgency is Urgency.NORMAL and category in terms.opt_in and not recipient.normal_pushes:
        return Why.OPTED_OUT
    if category in recipient.preferences.muted:
        return Why.MUTED
    if category is not None and level_of(revision.level, urgency) < recipient.preferences.minimum_level:
        return Why.BELOW_LEVEL
    spent = terms.held_back and _is_spent(recipient.places, revision, tier, terms.held_back)
    return Why.HELD_BACK if spent else None


def _is_spent(places: Places, revision: Revision, tier: int, held_back: frozenset[str]) -> bool:
    """Whether the budget is spent wherever the phone is told about: one district that has some left is enough."""
    told = (part for part in places.parts if tier_of(part, revision.tiers) == tier)
    return all(_part_is_spent(part, revision, tier, held_back) for part in told)


def _part_is_spent(part: frozenset[str], revision: Revision, tier: int, held_back: frozenset[str]) -> bool:
    if not part:
        return UNPLACED in held_back
    within = (district for district in part if tier_of(frozenset({district}), revision.tiers) == tier)
    return all(district in held_back for district in within)
