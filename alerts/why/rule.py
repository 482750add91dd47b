"""The city's rule by which a tier was told in its place."""

from dataclasses import dataclass
from enum import StrEnum

from alerts.alert import Revision, Scope, Tier


class Order(StrEnum):
    """What put districts in the order of telling."""

    RULE = "rule"
    NO_RULE = "no_rule"  # the city has none for this kind: everybody at once
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
    return RuleUsed(_order(revision, own), own.rule, revision.rules_version, own.because)


def _order(revision: Revision, own: Tier) -> Order:
    if revision.scope is Scope.RECEIVERS:
        return Order.FOLLOWS
    if own.rule is not None:
        return Order.RULE
    if own.level is not None:
        return Order.BY_TELEGRAM
    return Order.NO_RULE if revision.rules_version else Order.NOT_RECORDED
