"""A new list of emergency sites or shelters: what it would change, and taking it in (city.md §2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.shelter.site import Site, SiteKind


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What a new list changes in the old one of the same kind; `moved` are those whose point differs."""

    kind: SiteKind
    added: tuple[Site, ...]
    moved: tuple[Site, ...]
    changed: tuple[Site, ...]
    retired: tuple[Site, ...]
    unchanged: int


def preview(services: Services, kind: SiteKind, new: Sequence[Site]) -> SiteChanges:
    """What `apply` would do; writes nothing."""
    with services.database.read() as uow:
        return compare(kind, in_use(services, uow), new)


def apply(services: Services, kind: SiteKind, new: Sequence[Site], edition: str) -> SiteChanges:
    """Makes `new` the list of its kind, in one transaction; the other kind stays as it is."""
    with services.database.write() as uow:
        old = in_use(services, uow)
        others = [site for site in old if site.kind is not kind]
        uow.sites.replace_all([*others, *new], edition)
        uow.versions.bump("shelters", services.clock.now())
    return compare(kind, old, new)


def compare(kind: SiteKind, old: Sequence[Site], new: Sequence[Site]) -> SiteChanges:
    """Sorts the sites of one kind by what happens to them; a site is known by its id."""
    before = {site.id: site for site in old if site.kind is kind}
    after = {site.id: site for site in new}
    both = [(before[site.id], site) for site in new if site.id in before]
    moved = tuple(site for was, site in both if _point(was) != _point(site))
    changed = tuple(site for was, site in both if _point(was) == _point(site) and was != site)
    return SiteChanges(
        kind=kind,
        added=tuple(site for site in new if site.id not in before),
        moved=moved,
        changed=changed,
        retired=tuple(site for site in before.values() if site.id not in after),
        unchanged=sum(was == site for was, site in both),
    )


def _point(site: Site) -> tuple[float, float]:
    return site.latitude, site.longitude
