"""Hazards that are told in the same words, and what JMA says of a tsunami beside an earthquake."""

from collections.abc import Iterable

_SHARED = {
    "linear_rainband": "bulletin",
    "linear_rainband_imminent": "bulletin",
    "record_rain": "bulletin",
    "short_heavy_snow": "bulletin",
    "tornado": "bulletin",
    "earthquake": "quake",
    "long_period_motion": "quake",
}
_WAVES = (  # JMA's fixed comments (固定付加文, jma.md §3.5), the one that matters most first
    ("津波警報等", "coming"),
    ("若干の海面変動", "slight"),
    ("津波の心配はありません", "none"),
)


def family_of(hazard: str) -> str:
    """The name under which the phrases of a hazard's changes stand: most hazards have their own or the common ones."""
    return _SHARED.get(hazard, hazard)


def wave_of(details: Iterable[str]) -> str | None:
    """What the details of an earthquake say of a tsunami: `coming`, `slight`, `none`; None if they say nothing."""
    said = "".join(details)
    return next((wave for words, wave in _WAVES if words in said), None)


def kind_keys(hazard: str, code: str, level: int | None) -> tuple[str, str]:
    """The phrases that name a kind. A river flood's level is the city's own and decides, not the code (jma.md §3.4)."""
    return f"kind.{hazard}.level{level}", f"kind.{hazard}.{code}"
