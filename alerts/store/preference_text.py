"""A phone's choices as one short text: the same choices are the same text, so that each is read once for all phones."""

import json
from functools import lru_cache

from alerts.preferences import NO_CHOICE, Preferences, QuietHours, muted_in

LONGEST = 200  # characters: every family muted, and all else chosen


def written(preferences: Preferences) -> str | None:
    """The text; None for who has chosen nothing."""
    if preferences == NO_CHOICE:
        return None
    quiet = preferences.quiet
    choices = {
        "quiet": [quiet.start, quiet.end] if quiet else None,
        "high": preferences.high_sounds,
        "level": preferences.minimum_level,
        "muted": sorted(preferences.muted),
    }
    return json.dumps(choices, separators=(",", ":"))


@lru_cache(maxsize=4096)
def read(text: str | None) -> Preferences:
    """The choices of a text; raises `ValueError` or `KeyError` for one that `written` does not make."""
    if text is None:
        return NO_CHOICE
    choices = json.loads(text)
    quiet = QuietHours(*choices["quiet"]) if choices["quiet"] else None
    return Preferences(quiet, choices["high"], choices["level"], muted_in(choices["muted"]))
