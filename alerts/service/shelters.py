"""Places of refuge, as the office imported them, else as the city pack brings them (city.md §2)."""

from collections.abc import Iterable

from alerts.service.services import Services
from alerts.shelter.site import Site


def list_sites(services: Services) -> tuple[Site, ...]:
    """Every designated place in use. Raises what the database raises; `bundled_sites` then still answers (R30)."""
    with services.database.read() as uow:
        imported = uow.sites.list(active=True)
    return _ordered(imported) or bundled_sites(services)


def bundled_sites(services: Services) -> tuple[Site, ...]:
    """The places of the city pack: no database is needed."""
    return _ordered(services.pack.sites)


def _ordered(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(sorted(sites, key=lambda site: (site.kind, site.id)))
