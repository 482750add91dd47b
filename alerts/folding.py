"""Which pushes a provider may fold into the last of them for a phone that is off (push.md §4).

FCM keeps at most four collapse keys for such a phone. So what is about different dangers is kept apart, and what ends
an order of the city's is never folded into weather. Only pushes of urgency `normal` are folded at all (decision 22).
"""

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
