"""Where to flee to from here, and where not, while these hazards are in force (issue 7.2).

A place is recommended when it is an emergency site designated for every hazard that counts, was reported open, not too
long ago, and is not full. One that is fit but not known to be open stands in a list of its own: nobody is sent to a
locked door. Near places that are unfit, full, closed or unusable are named with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.city.place import metres_between
from alerts.shelter.needs import Needs
from alerts.shelter.opening import Opening, OpeningState
from alerts.shelter.site import Site, SiteKind

NEAR_METRES = 1_000
MOST_SHOWN = 10
MOST_AVOIDED = 20


class Reason(StrEnum):
    """Why a place is not recommended."""

    NOT_DESIGNATED = "not_designated"  # for a hazard that counts
    SHELTER_ONLY = "shelter_only"  # 指定避難所: to stay in afterwards, not to flee to
    FULL = "full"
    CLOSED = "closed"
    UNUSABLE = "unusable"
    NOT_REPORTED = "not_reported"
    NOT_OPENED = "not_opened"
    OPENING = "opening"
    OLD_REPORT = "old_report"


UNCERTAIN = frozenset({Reason.NOT_REPORTED, Reason.NOT_OPENED, Reason.OPENING, Reason.OLD_REPORT})
"""Fit for the hazards, and perhaps a closed door."""

_BY_STATE = {
    OpeningState.FULL: Reason.FULL,
    OpeningState.CLOSED: Reason.CLOSED,
    OpeningState.UNUSABLE: Reason.UNUSABLE,
    OpeningState.NOT_OPENED: Reason.NOT_OPENED,
    OpeningState.OPENING: Reason.OPENING,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One place as seen from a point."""

    site: Site
    opening: Opening | None
    metres: float  # in a straight line
    reasons: tuple[Reason, ...]  # none: go there
    lacks: tuple[str, ...]  # hazards that count and that it is not designated for
    uncovered: tuple[str, ...]  # hazards in force that no place of the city is designated for, and neither is this one

    @property
    def is_uncertain(self) -> bool:
        """Fit, but not known to be open."""
        return bool(self.reasons) and UNCERTAIN.issuperset(self.reasons)


@dataclass(frozen=True, slots=True)
class Advice:
    """Three lists, each from near to far."""

    needs: Needs
    recommended: tuple[Judged, ...]
    not_confirmed: tuple[Judged, ...]  # fit for the hazards, not known to be open
    avoid: tuple[Judged, ...]  # the near ones


def advise(
    sites: Sequence[Site],
    openings: Mapping[str, Opening],
    needs: Needs,
    here: tuple[float, float],
    now: datetime,
) -> Advice:
    """Judges every place from a point (latitude, longitude). With nothing to flee from nothing is recommended."""
    with_site = {site.facility for site in sites if site.kind is SiteKind.EMERGENCY_SITE}
    candidates = [site for site in sites if site.kind is SiteKind.EMERGENCY_SITE or site.facility not in with_site]
    judged = sorted(
        (judge(site, openings.get(site.facility), needs, here, now) for site in candidates),
        key=lambda each: (each.metres, each.site.id),
    )
    flees = bool(needs.designations)
    recommended = [each for each in judged if not each.reasons] if flees else []
    uncertain = [each for each in judged if each.is_uncertain] if flees else []
    reach = max(NEAR_METRES, recommended[0].metres if recommended else 0)
    avoid = [each for each in judged if each.reasons and not each.is_uncertain and each.metres <= reach]
    return Advice(needs, tuple(recommended[:MOST_SHOWN]), tuple(uncertain[:MOST_SHOWN]), tuple(avoid[:MOST_AVOIDED]))


def judge(site: Site, opening: Opening | None, needs: Needs, here: tuple[float, float], now: datetime) -> Judged:
    """One place: everything that speaks against it."""
    counting = needs.designations or needs.without_site
    lacks = tuple(hazard for hazard in counting if hazard not in site.hazards)
    reasons = [*_unfit(site, lacks, counting), *_not_ready(site, opening, now)]
    metres = metres_between(here, (site.latitude, site.longitude))
    return Judged(site, opening, metres, tuple(reasons), lacks, needs.without_site if needs.designations else ())


def _unfit(site: Site, lacks: tuple[str, ...], counting: tuple[str, ...]) -> tuple[Reason, ...]:
    if not counting:
        return ()
    if site.kind is SiteKind.SHELTER:
        return (Reason.SHELTER_ONLY,)
    return (Reason.NOT_DESIGNATED,) if lacks else ()


def _not_ready(site: Site, opening: Opening | None, now: datetime) -> tuple[Reason, ...]:
    if opening is None:
        return (Reason.NOT_REPORTED,)
    if opening.state in _BY_STATE:
        return (_BY_STATE[opening.state],)
    if opening.is_old_at(now):
        return (Reason.OLD_REPORT,)
    return (Reason.FULL,) if _is_filled(site, opening) else ()


def _is_filled(site: Site, opening: Opening) -> bool:
    """Whether as many people are in it as it takes, whatever its state says: who counts may not have said "full"."""
    room = opening.capacity if opening.capacity is not None else site.capacity
    return bool(room) and opening.occupancy is not None and opening.occupancy >= (room or 0)
