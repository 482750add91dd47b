"""Reads what a phone gets that says nothing of its wishes: `[preferences]` of `policy.toml` (design.md §4)."""

import re

from alerts.category import Category
from alerts.city.toml_section import Section
from alerts.preferences import LEVELS, Preferences, QuietHours

_KEYS = ("quiet_from", "quiet_to", "high_sounds", "minimum_level", "normal_pushes", "opt_in")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def read_preferences(section: Section) -> Preferences:
    """The city's defaults. None of them keeps warnings away or mutes a family: only residents choose that."""
    section.only(*_KEYS)
    return Preferences(
        quiet=_quiet(section),
        high_sounds=required_flag(section, "high_sounds"),
        minimum_level=section.integer("minimum_level", LEVELS[0], LEVELS[1]),
    )


def read_opt_in(section: Section) -> frozenset[Category]:
    """The families whose `normal` pushes come only to who asked for them."""
    known = {str(category) for category in Category}
    words = section.texts("opt_in")
    for word in words:
        if word not in known:
            section.problem("opt_in", f"{word!r} is no family of hazards; expected some of: {', '.join(sorted(known))}")
    return frozenset(Category(word) for word in words if word in known)


def required_flag(section: Section, key: str) -> bool:
    """True or false, and a problem where neither is written."""
    if key not in section.values:
        section.problem(key, f"{key} must be true or false; found nothing")
    return section.flag(key)


def _quiet(section: Section) -> QuietHours | None:
    """Both ends, or neither: a city may have no quiet hours."""
    if not section.values.keys() & {"quiet_from", "quiet_to"}:
        return None
    start, end = _minute(section, "quiet_from"), _minute(section, "quiet_to")
    if start is None or end is None:
        return None
    if start == end:
        section.problem("quiet_to", "quiet hours end when they start: leave both out for none, or write another end")
        return None
    return QuietHours(start, end)


def _minute(section: Section, key: str) -> int | None:
    """A time of day, in minutes since midnight."""
    found = _CLOCK.fullmatch(str(section.values.get(key)))
    if found is None:
        section.problem(key, f'{key} must be a time of day in Japan, like {key} = "22:00"')
        return None
    return int(found[1]) * 60 + int(found[2])
