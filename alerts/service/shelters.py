"""Places of refuge, as the office imported them, else as the city pack brings them (city.md §2)."""

from collections.abc import Iterable, Sequence

from alerts.city.whereabouts import DistrictMap
from alerts.service.services import Services
from alerts.shelter.site import Site
from alerts.store.unit_of_work import UnitOfWork


def list_sites(services: Services) -> tuple[Site, ...]:
    """Every designated place in use. Raises what the database raises; `bundled_sites` then still answers (R30)."""
    with services.database.read() as uow:
        return _ordered(in_use(services, uow))


def in_use(services: Services, uow: UnitOfWork) -> Sequence[Site]:
    """The imported sites, or the city pack's where none was imported yet."""
    return uow.sites.list(active=True) or services.pack.sites


def bundled_sites(services: Services) -> tuple[Site, ...]:
    """The places of the city pack: no database is needed."""
    return _ordered(services.pack.sites)


def districts_of(services: Services, sites: Iterable[Site]) -> dict[str, tuple[str, ...]]:
    """By site the district it stands in, and those within 100 m; none for a place outside the city."""
    city = DistrictMap(services.pack)
    return {site.id: city.at(site.latitude, site.longitude).districts for site in sites}


def _ordered(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(sorted(sites, key=lambda site: (site.kind, site.id)))
