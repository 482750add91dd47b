"""What one world's database said at the last look, kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts.proof.public import PublicProof
from alerts.service import openings, proof, queries, shelters
from alerts.service.display import DISPLAYS
from alerts.service.freshness import SourceAge
from alerts.service.queries import Overview
from alerts.service.services import Services
from alerts.shelter.opening import Opening
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
    site_districts: Mapping[str, tuple[str, ...]]  # by site: where it stands
    openings: Mapping[str, Opening] = field(default_factory=dict)  # by facility
    openings_at: datetime | None = None
    openings_version: int | None = None  # None: never read, so nobody knows what is open
    displays: tuple[DisplayRecord, ...] = ()  # newest first
    displays_version: int | None = None  # None: never read
    proof: PublicProof | None = None  # of the live world alone
    proof_at: datetime | None = None
    proof_version: int | None = None  # None: never read
    changed_at: datetime | None = None  # of the newest of all versions, as the database says


def bundled(services: Services) -> Held:
    """What is known without any database."""
    sites = shelters.bundled_sites(services)
    return Held(services.clock.now(), None, sites, None, 0, (), shelters.districts_of(services, sites))


def newer(services: Services, held: Held) -> Held:
    """Looks, and reads again only what has changed. Raises what the database raises."""
    look = queries.look(services)
    now = services.clock.now()
    held = replace(held, sources=look.sources, changed_at=look.changed_at)
    overview = held.overview
    if overview is None or overview.version != look.versions.get("situation", 0):
        held = replace(held, at=now, overview=queries.overview(services, overview.histories if overview else {}))
    sites_version = look.versions.get("shelters", 0)
    if sites_version != held.sites_version:
        sites = shelters.list_sites(services)
        where = shelters.districts_of(services, sites)
        held = replace(held, sites=sites, site_districts=where, sites_at=now, sites_version=sites_version)
    openings_version = look.versions.get(openings.OPENINGS, 0)
    if openings_version != held.openings_version:
        reported, at = openings.openings(services), now if openings_version else None
        held = replace(held, openings=reported, openings_at=at, openings_version=openings_version)
    displays_version = look.versions.get(DISPLAYS, 0)
    if displays_version != held.displays_version:
        held = replace(held, displays=queries.displays(services), displays_version=displays_version)
    proof_version = look.versions.get(proof.PROOF, 0)
    if proof_version != held.proof_version and not services.is_drill:
        held = replace(held, proof=proof.public(services), proof_at=now, proof_version=proof_version)
    return replace(held, displays=tuple(each for each in held.displays if each.valid_until > now))
