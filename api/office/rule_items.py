"""Versions of the rules, and what a draft would have done, as the office's JSON says them."""

from typing import Any

from alerts.alert import Tier
from alerts.service import rules
from alerts.service.rule_preview import PastPush
from alerts.store.rule_versions import RuleVersion
from api.office.schemas.rules import MisfitItem, PastPushItem, RuleItem, TierItem, VersionItem
from api.residents.stamp import fresh
from api.residents.world import WorldApi


def said_of(world: WorldApi, version: RuleVersion) -> dict[str, Any]:
    """One version, its rules, and which of them do not fit the city pack."""
    _, problems = rules.read(world.services, version)
    return fresh(world.services) | {
        "version": version_item(version),
        "rules": [RuleItem(**rule) for rule in version.rules],
        "misfits": [MisfitItem(row=problem.line, message=problem.message) for problem in problems],
    }


def version_item(version: RuleVersion) -> VersionItem:
    """Who made it, when and why."""
    return VersionItem(
        version=version.version,
        author=version.author,
        note=version.note,
        made_at=version.made_at,
        restores=version.restores,
    )


def past_item(push: PastPush) -> PastPushItem:
    """Whom one stored telegram would have told of one hazard."""
    return PastPushItem(
        telegram=push.telegram_id,
        issued_at=push.issued_at,
        hazard=push.hazard,
        code=push.code,
        level=push.level,
        change=push.change,
        differs=push.differs,
        now=[_tier_item(tier, push) for tier in push.now],
        then=[_tier_item(tier, push) for tier in push.then],
    )


def _tier_item(tier: Tier, push: PastPush) -> TierItem:
    return TierItem(
        districts=None if tier.districts is None else sorted(tier.districts),
        rule=tier.rule,
        because=tier.because,
        urgency=push.urgency.one_step_lower if tier.lowered else push.urgency,
    )
