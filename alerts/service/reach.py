"""How many phones a revision would reach, judged one by one as a sender would judge them (design.md §3-4, R7)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from alerts.alert import Revision, Scope
from alerts.audience import Recipient, judge
from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork

_PAGE = 5000  # device numbers read at once
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reach:
    """Phones by tier and language, and how many of all would not be told."""

    told: Mapping[tuple[int, str], int]
    untold: int

    def by_language(self, tier: int) -> dict[str, int]:
        """Phones of one tier by the language they are set to."""
        return {language: count for (of, language), count in sorted(self.told.items()) if of == tier}


def reach_of(services: Services, revision: Revision) -> Reach:
    """Counts the reachable phones of today in the real database, which is only read."""
    told: Counter[tuple[int, str]] = Counter()
    untold = 0
    with services.database.read() as uow:
        first, last = uow.devices.number_range() or (1, 0)
        for start in range(first, last + 1, _PAGE):
            untold += _count(uow, revision, start, min(start + _PAGE - 1, last), told)
    return Reach(told, untold)


def _count(uow: UnitOfWork, revision: Revision, start: int, end: int, told: Counter[tuple[int, str]]) -> int:
    """Counts who is told of a range of numbers; returns how many are not."""
    is_narrow = revision.scope is Scope.RECEIVERS
    earlier = uow.deliveries.receivers(revision.alert_id, revision.number, start, end) if is_narrow else _NONE
    untold = 0
    for device in uow.devices.in_range(start, end):
        recipient = Recipient(device.number, device.districts, device.normal_pushes, device.number in earlier)
        verdict = judge(recipient, revision)
        if verdict.receives:
            told[verdict.tier, device.language] += 1
        else:
            untold += 1
    return untold
