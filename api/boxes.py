"""The numbers of a box in a query, for every address that takes one: plain decimals in degrees, and on the earth."""

import math
import re

EXAMPLE = "west, south, east, north, like 135.60,34.70,135.62,34.72"
_NUMBER = re.compile(r"[+-]?([0-9]{1,17}(\.[0-9]{0,17})?|\.[0-9]{1,17})(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_SOUTH_POLE, _NORTH_POLE = -90, 90


def numbers_of(text: str) -> tuple[float, ...] | None:
    """What stands between the commas; None if one of it is no finite number in ASCII digits."""
    parts = text.split(",")
    if not all(map(_NUMBER.fullmatch, parts)):
        return None
    numbers = tuple(map(float, parts))
    return numbers if all(map(math.isfinite, numbers)) else None


def is_on_earth(south: float, north: float) -> bool:
    """Whether latitudes are in order and reach the earth: those of Japan and its longitudes swapped do not.

    An empty answer to such a box would read as if there were no place to flee to.
    """
    return south <= north and south <= _NORTH_POLE and north >= _SOUTH_POLE
