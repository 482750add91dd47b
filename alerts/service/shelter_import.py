"""A new list of emergency sites or shelters: what it would change, and taking it in (city.md §2)."""

from collections.abc import Iterator, Mapping

from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.shelter.changes import Action, SiteChanges, changes_by
from alerts.shelter.opening import WITH_PEOPLE, Opening
from alerts.shelter.site_import import SiteImport
from alerts.store.unit_of_work import UnitOfWork

_FEW = 3
"""So many places may be retired at once without a word, and a quarter of the list."""


class ImportRefusedError(ValueError):
    """The list reads well, and taking it in would harm: people are in a place it retires, or many places would go."""


def preview(services: Services, found: SiteImport) -> tuple[SiteChanges, tuple[str, ...]]:
    """What `apply` would do, and why it would refuse; writes nothing. `found` is without problems."""
    with services.database.read() as uow:
        changes = changes_by(found, in_use(services, uow))
        return changes, tuple(_refusals(changes, uow.openings.all(), may_retire_many=False))


def apply(services: Services, found: SiteImport, edition: str, *, may_retire_many: bool = False) -> SiteChanges:
    """Makes the list the one in use, in one transaction. Raises `ImportRefusedError`; nothing is written then."""
    with services.database.write() as uow:
        changes = changes_by(found, in_use(services, uow))
        refusals = tuple(_refusals(changes, uow.openings.all(), may_retire_many=may_retire_many))
        if refusals:
            raise ImportRefusedError("; ".join(refusals))
        _take(services, uow, changes, edition)
    return changes


def _take(services: Services, uow: UnitOfWork, changes: SiteChanges, edition: str) -> None:
    uow.sites.replace_all(changes.after, edition)
    uow.versions.bump("shelters", services.clock.now())


def _refusals(changes: SiteChanges, openings: Mapping[str, Opening], *, may_retire_many: bool) -> Iterator[str]:
    kept = {site.facility for site in changes.after}
    retired = changes.of(Action.RETIRE)
    for facility in dict.fromkeys(site.facility for site in retired if site.facility not in kept):
        opening = openings.get(facility)
        if opening and opening.state in WITH_PEOPLE:
            name = next(site.name for site in retired if site.facility == facility)
            yield f"{name} ({facility}) is {opening.state} and would be retired; close it first"
    if not may_retire_many and len(retired) > max(_FEW, len(changes.before) // 4):
        yield f"{len(retired)} of {len(changes.before)} places would be retired; if that is meant, use --retire-many"
