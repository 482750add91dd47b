"""For which moment an answer holds, and whether that is too long ago (R30)."""

from dataclasses import dataclass
from datetime import datetime, time

from alerts.service.services import Services
from alerts.times import JST
from api.residents.held import Held


@dataclass(frozen=True, slots=True)
class Freshness:
    """What an answer says of its own age."""

    as_of: datetime | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Freshnesses:
    """The ages of the kinds of facts, which come from different places."""

    situation: Freshness
    sites: Freshness
    districts: Freshness
    proof: Freshness
    stale_sources: frozenset[str]


def of_world(services: Services, held: Held, *, lost: bool) -> Freshnesses:
    """`lost`: the database could not be read just now, so something newer may be in it."""
    now = services.clock.now()
    pack_day = _pack_day(services) or held.at
    return Freshnesses(
        situation=_of_drill(held, lost=lost) if services.is_drill else _of_feeds(held, now, lost=lost),
        sites=Freshness(max(filter(None, (held.sites_at, held.openings_at)), default=pack_day), lost),
        districts=Freshness(pack_day, False),
        proof=Freshness(held.proof_at, lost),
        stale_sources=frozenset(source.name for source in held.sources if source.is_stale(now)),
    )


def _of_feeds(held: Held, now: datetime, *, lost: bool) -> Freshness:
    """An answer made from JMA's feeds is as old as the feed that was read longest ago."""
    ages = [source.as_of for source in held.sources]
    known = [age for age in ages if age is not None]
    whole = bool(ages) and len(known) == len(ages)
    stale = lost or not whole or any(source.is_stale(now) for source in held.sources)
    return Freshness(min(known) if whole else None, stale)


def _of_drill(held: Held, *, lost: bool) -> Freshness:
    """A drill reads no feeds: what it says holds since it last changed."""
    changes = [history.alert.updated_at for history in held.overview.recent] if held.overview else []
    return Freshness(max(changes, default=held.at), lost)


def _pack_day(services: Services) -> datetime | None:
    """The newest edition among the pack's sources."""
    days = [source.day for source in services.pack.sources if source.day is not None]
    return datetime.combine(max(days), time(), JST) if days else None
