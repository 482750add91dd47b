"""What a place must be designated for while these hazards are in force (issue 7.2, city.md §2).

JMA's kinds and the law's eight hazards of emergency sites are two lists; this table is the only bridge between them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind
from alerts.situation import HazardState

_WATER = ("flood", "inland_flood")
_NONE: tuple[str, ...] = ()  # the law knows no emergency sites for these

DESIGNATIONS: dict[str, tuple[str, ...]] = {
    "heavy_rain": _WATER,  # since 2026 浸水, and the floods of rivers without a forecast of their own
    "river_flood": ("flood",),
    "landslide": ("landslide",),
    "storm_surge": ("storm_surge",),
    "linear_rainband": (*_WATER, "landslide"),
    "linear_rainband_imminent": (*_WATER, "landslide"),
    "record_rain": (*_WATER, "landslide"),
    "snowmelt": (*_WATER, "landslide"),
    "earthquake": ("earthquake",),
    "nankai_trough": ("earthquake",),
    "tsunami": ("tsunami",),
    "ashfall": ("volcano",),
    "long_period_motion": _NONE,
    "storm": _NONE,
    "snowstorm": _NONE,
    "high_waves": _NONE,
    "heavy_snow": _NONE,
    "short_heavy_snow": _NONE,
    "tornado": _NONE,
    "thunder": _NONE,
    "fog": _NONE,
    "dry_air": _NONE,
    "avalanche": _NONE,
    "low_temperature": _NONE,
    "frost": _NONE,
    "icing": _NONE,
    "snow_accretion": _NONE,
    "other_advisory": _NONE,
    "heat": _NONE,
}
"""From a hazard of the situation to the designations that a place needs; every hazard of kinds.csv stands here."""

INDOORS = frozenset({"storm", "snowstorm", "heavy_snow", "short_heavy_snow", "tornado"})
"""Of those without emergency sites the ones that outdoors is dangerous in: stay in a sturdy building."""

_LEAST_RANK = {"earthquake": 4}  # 震度４: below, nobody leaves the house for it
_ADVISORY = 2
_WARNING = 3  # staying indoors is said from 警報 on


@dataclass(frozen=True, slots=True)
class Needs:
    """What a place must be designated for, and what no place can help with."""

    designations: tuple[str, ...]  # keys of SITE_HAZARDS for which the city has designated at least one place
    without_site: tuple[str, ...]  # keys for which it has none: tsunami and storm surge in an inland city
    indoors: tuple[HazardState, ...] = ()  # in force, and the law knows no places for them
    unknown: tuple[HazardState, ...] = ()  # in force, and this table does not know them

    @property
    def is_calm(self) -> bool:
        """Whether nothing in force asks for a place or for staying indoors."""
        return not (self.designations or self.without_site or self.indoors or self.unknown)


def needs_of(states: Iterable[HazardState], asked: Iterable[str], sites: Iterable[Site]) -> Needs:
    """The needs of what is in force, and of the keys of SITE_HAZARDS that somebody asks for besides."""
    grave = [state for state in states if _is_grave(state)]
    wanted = {*asked, *(key for state in grave for key in DESIGNATIONS.get(state.hazard, ()))}
    offered = {hazard for site in sites if site.kind is SiteKind.EMERGENCY_SITE for hazard in site.hazards}
    return Needs(
        designations=tuple(key for key in SITE_HAZARDS if key in wanted and key in offered),
        without_site=tuple(key for key in SITE_HAZARDS if key in wanted and key not in offered),
        indoors=tuple(state for state in grave if state.hazard in INDOORS and state.rank >= _WARNING),
        unknown=tuple(state for state in grave if state.hazard not in DESIGNATIONS),
    )


def designations_of(state: HazardState) -> tuple[str, ...] | None:
    """What a place must be designated for while one hazard is in force; None: the table does not know it."""
    return DESIGNATIONS.get(state.hazard) if _is_grave(state) else ()


def _is_grave(state: HazardState) -> bool:
    return state.rank >= _LEAST_RANK.get(state.hazard, _ADVISORY)
