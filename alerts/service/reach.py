"""How many phones a revision would reach, judged one by one as a sender would judge them (design.md §3-4, R7)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from alerts.alert import Revision, Scope
from alerts.audience import Terms, Verdict, judge
from alerts.service.services import Services
from alerts.service.terms import recipient_of, terms_of
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
        terms = terms_of(services, uow, revision)
        first, last = uow.devices.number_range() or (1, 0)
        for start in range(first, last + 1, _PAGE):
            for language, verdict in _judged(uow, revision, terms, start):
                told[verdict.tier, language] += verdict.receives
                untold += not verdict.receives
    return Reach(+told, untold)


def _judged(uow: UnitOfWork, revision: Revision, terms: Terms, start: int) -> Iterator[tuple[str, Verdict]]:
    """The verdict on each phone of a page of numbers, with its language."""
    end = start + _PAGE - 1
    is_narrow = revision.scope is Scope.RECEIVERS
    earlier = uow.deliveries.receivers(revision.alert_id, revision.number, start, end) if is_narrow else _NONE
    for device in uow.devices.in_range(start, end):
        yield device.traits.language, judge(recipient_of(device, earlier), revision, terms)
