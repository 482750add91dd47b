"""Parts of a municipality in a `SubCityList`: 大字, 町名, 校区 (jma.md §3.4)."""

import re

from lxml import etree

from alerts.telegram.texts import text_of

_BETWEEN = re.compile(r"[\s、，,]+")
_UNKNOWN = ("-", "－", "‐", "−")  # JMA prints one of these where it does not know, alone or after the city's name


def sub_areas_of(area: etree._Element) -> tuple[str, ...] | None:
    """The names in the list of one Area; None where JMA does not name parts, which means the whole municipality."""
    names = _BETWEEN.split(text_of(area, "m:SubCityList"))
    if any(name.endswith(_UNKNOWN) for name in names):
        return None
    prefix = text_of(area, "m:Prefecture") + text_of(area, "m:City")
    parts = dict.fromkeys(part for name in names if (part := name.removeprefix(prefix)))
    return tuple(parts) or None
