"""What one world's database said at the last look, kept in memory."""

from dataclasses import dataclass, replace
from datetime import datetime

from alerts.service import queries, shelters
from alerts.service.display import DISPLAYS
from alerts.service.freshness import SourceAge
from alerts.service.queries import Overview
from alerts.service.services import Services
from alerts.shelter.site import Site
from alerts.store.displays import DisplayRecord


@dataclass(frozen=True, slots=True)
class Held:
    """The newest facts; `overview` is None, and `sites` are the city pack's, until the database was read once."""

    at: datetime  # of the look that read `overview`
    overview: Overview | None
    sites: tuple[Site, ...]
    sites_at: datetime | None  # None: as bundled
    sites_version: int
    sources: tuple[SourceAge, ...]
    displays: tuple[DisplayRecord, ...] = ()  # newest first
    displays_version: int | None = None  # None: never read


def bundled(services: Services) -> Held:
    """What is known without any database."""
    return Held(services.clock.now(), None, shelters.bundled_sites(services), None, 0, ())


def newer(services: Services, held: Held) -> Held:
    """Looks, and reads again only what has changed. Raises what the database raises."""
    look = queries.look(services)
    now = services.clock.now()
    held = replace(held, sources=look.sources)
    overview = held.overview
    if overview is None or overview.version != look.versions.get("situation", 0):
        held = replace(held, at=now, overview=queries.overview(services, overview.histories if overview else {}))
    sites_version = look.versions.get("shelters", 0)
    if sites_version != held.sites_version:
        held = replace(held, sites=shelters.list_sites(services), sites_at=now, sites_version=sites_version)
    displays_version = look.versions.get(DISPLAYS, 0)
    if displays_version != held.displays_version:
        held = replace(held, displays=queries.displays(services), displays_version=displays_version)
    return replace(held, displays=tuple(each for each in held.displays if each.valid_until > now))
