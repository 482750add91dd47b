"""Districts that must hear something though the city's level is the one they were told (design.md §4, R5)."""

from datetime import datetime

from alerts.alert import Alert, Change, Scope, Tier
from alerts.city.matching import MatchingRules
from alerts.city.rule import case_of
from alerts.decision import NO_SHIFT, Shift
from alerts.service.finish import reached_nobody
from alerts.service.rules import acting
from alerts.service.services import Services
from alerts.situation import HazardChange
from alerts.store.unit_of_work import UnitOfWork


def shift_of(
    services: Services, uow: UnitOfWork, change: HazardChange, alert: Alert | None, issued_at: datetime
) -> Shift:
    """What changed inside the city since residents were told the level that still holds."""
    notice = change.notice
    if alert is None or notice is None or notice.rank != alert.told_rank:
        return NO_SHIFT
    matching = acting(services, uow)
    lowered = matching.lowered(matching.tiers(case_of(notice, issued_at)))
    return Shift(_told_less_urgently(uow, matching, alert) - lowered, _corrected(matching, change))


def _corrected(matching: MatchingRules, change: HazardChange) -> frozenset[str]:
    """The districts whose own level a correction changes, gives or takes away."""
    if change.change is not Change.CORRECT or change.before is None or change.notice is None:
        return frozenset()
    before, now = (matching.places.own_levels(said.extent) for said in (change.before, change.notice))
    return frozenset(district for district in before.keys() | now.keys() if before.get(district) != now.get(district))


def _told_less_urgently(uow: UnitOfWork, matching: MatchingRules, alert: Alert) -> frozenset[str]:
    """The districts that were told of the level that holds, and by no revision with its full urgency.

    A revision that reached nobody at all told nobody (decision 1).
    """
    less: frozenset[str] = frozenset()
    for revision in uow.alerts.revisions(alert.id):
        if not revision.pushed or revision.scope is not Scope.EVERYONE:
            continue
        before = less if revision.rank == alert.told_rank else frozenset()
        if before and reached_nobody(uow, revision):
            continue
        less = before - _in_full(matching, revision.tiers) | matching.lowered(revision.tiers)
    return less


def _in_full(matching: MatchingRules, tiers: tuple[Tier, ...]) -> frozenset[str]:
    return frozenset(matching.districts_of(tiers) or ()) - matching.lowered(tiers)
