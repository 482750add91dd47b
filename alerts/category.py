"""Families of hazards, as residents choose among them (issue 6): of what they want to hear, and of what not."""

from enum import StrEnum


class Category(StrEnum):
    """One family. The phone names it in its own words."""

    RAIN = "rain"
    RIVER = "river"
    STORM_SURGE = "storm_surge"
    WIND = "wind"
    SNOW = "snow"
    THUNDER = "thunder"
    HEAT = "heat"
    AIR = "air"  # fog, dry air, frost, low temperature and JMA's other advisories
    EARTHQUAKE = "earthquake"
    TSUNAMI = "tsunami"
    ASHFALL = "ashfall"


HAZARDS: dict[Category, frozenset[str]] = {
    Category.RAIN: frozenset(
        ("heavy_rain", "landslide", "linear_rainband", "linear_rainband_imminent", "record_rain", "snowmelt")
    ),
    Category.RIVER: frozenset({"river_flood"}),
    Category.STORM_SURGE: frozenset({"storm_surge", "high_waves"}),
    Category.WIND: frozenset({"storm", "tornado"}),
    Category.SNOW: frozenset(("snowstorm", "heavy_snow", "short_heavy_snow", "avalanche", "icing", "snow_accretion")),
    Category.THUNDER: frozenset({"thunder"}),
    Category.HEAT: frozenset({"heat"}),
    Category.AIR: frozenset({"fog", "dry_air", "frost", "low_temperature", "other_advisory"}),
    Category.EARTHQUAKE: frozenset({"earthquake", "long_period_motion", "nankai_trough"}),
    Category.TSUNAMI: frozenset({"tsunami"}),
    Category.ASHFALL: frozenset({"ashfall"}),
}
_CATEGORY_OF = {hazard: category for category, hazards in HAZARDS.items() for hazard in hazards}


def category_of(hazard: str) -> Category | None:
    """The family of a hazard; None for what no telegram brings, like the city's orders: nobody can choose it away."""
    return _CATEGORY_OF.get(hazard)
