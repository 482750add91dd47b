"""The city's rule by which a tier was told in its place."""

from dataclasses import dataclass
from enum import StrEnum

from alerts.alert import Revision, Scope


class Order(StrEnum):
    """What put districts in the order of telling."""

    RULE = "rule"
    AT_ONCE = "at_once"  # no rule for this kind: everybody at once
    BY_TELEGRAM = "by_telegram"  # JMA names the districts itself
    FOLLOWS = "follows"  # only who got the notice before
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class RuleUsed:
    """The city's rule behind a tier; `version` is 0 where there was none, or none was recorded."""

    order: Order
    rule: str | None
    version: int
    because: str | None


def rule_used(revision: Revision, tier: int) -> RuleUsed:
    """The rule by which a tier of a revision was told in its place, with the version that held then."""
    own = revision.tiers[tier]
    rule = getattr(own, "rule", None) or next(
        (r for each in revision.tiers if (r := getattr(each, "rule", None))), None
    )
    return RuleUsed(_order(revision, rule), rule, getattr(revision, "rules_version", 0), own.because)


def _order(revision: Revision, rule: str | None) -> Order:
    if revision.scope is Scope.RECEIVERS:
        return Order.FOLLOWS
    if rule is not None:
        return Order.RULE
    if any(tier.districts is not None for tier in revision.tiers):
        return Order.BY_TELEGRAM
    return Order.AT_ONCE if getattr(revision, "rules_version", 0) else Order.NOT_RECORDED
