"""How each urgency looks and sounds on the phone, and which messages FCM may fold together (design.md §4)."""

from dataclasses import dataclass

from alerts.alert import Urgency
from alerts.wording.message import PhoneMessage


@dataclass(frozen=True, slots=True)
class Presentation:
    """What one urgency asks of the phone."""

    android_channel: str
    android_priority: str  # for Android before 8.0, which has no channels
    ios_level: str  # interruption-level
    ios_level_without_entitlement: str
    pierces_silence: bool  # critical sound, where Apple granted the entitlement
    sounds: bool = True


PRESENTATION: dict[Urgency, Presentation] = {
    Urgency.CRITICAL: Presentation("bosai_critical", "max", "critical", "time-sensitive", True),
    Urgency.HIGH: Presentation("bosai_high", "high", "time-sensitive", "time-sensitive", False),
    Urgency.NORMAL: Presentation("bosai_normal", "default", "active", "active", False),
}
_SILENT = Presentation("bosai_silent", "low", "passive", "passive", False, sounds=False)


def presentation_of(message: PhoneMessage) -> Presentation:
    """How a message looks and sounds: as its urgency says, or shown beside the one that has just rung (R14)."""
    return _SILENT if message.silent else PRESENTATION[message.urgency]


# FCM keeps a message under at most four collapse keys for a phone that is off, and folds those with the same key into
# the last one. So what kills in different ways is kept apart, and the city's own orders are never folded into weather.
_FAMILIES: dict[str, tuple[str, ...]] = {
    "earth": ("earthquake", "long_period_motion", "tsunami", "nankai_trough", "landslide", "ashfall"),
    "water": (
        "heavy_rain",
        "river_flood",
        "storm_surge",
        "linear_rainband",
        "linear_rainband_imminent",
        "record_rain",
    ),
    "weather": (
        "storm",
        "snowstorm",
        "high_waves",
        "heavy_snow",
        "short_heavy_snow",
        "tornado",
        "heat",
        "thunder",
        "snowmelt",
        "fog",
        "dry_air",
        "avalanche",
        "low_temperature",
        "frost",
        "icing",
        "snow_accretion",
        "other_advisory",
    ),
}
_FAMILY_OF = {hazard: family for family, hazards in _FAMILIES.items() for hazard in hazards}
CITY_FAMILY = "city"
COLLAPSE_KEYS = frozenset({*_FAMILIES, CITY_FAMILY})


def collapse_key(hazard: str) -> str:
    """The family of a hazard; what no telegram brings is the city's own."""
    return _FAMILY_OF.get(hazard, CITY_FAMILY)
