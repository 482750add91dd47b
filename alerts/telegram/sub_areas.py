"""Parts of a municipality in a `SubCityList`: 大字, 町名, 校区 (jma.md §3.4)."""

import re

from lxml import etree

from alerts.telegram.texts import text_of

_BETWEEN = re.compile(r"[\s、，,]+")
_UNKNOWN = ("-", "－", "‐", "−")  # JMA prints one of these where it does not know, alone or after the city's name


def sub_areas_of(area: etree._Element) -> tuple[str, ...] | None:
    """The names in the list of one Area; None where JMA does not name parts, which means the whole municipality.

    A list that names the municipality itself beside parts means the whole too.
    """
    names = [name for name in _BETWEEN.split(text_of(area, "m:SubCityList")) if name]
    if any(name.endswith(_UNKNOWN) for name in names):
        return None
    prefecture, city = re.escape(text_of(area, "m:Prefecture")), re.escape(text_of(area, "m:City"))
    address = re.compile(rf"(?:{prefecture})?(?:\w{{1,6}}郡)?{city}") if city else re.compile(prefecture)
    parts = [address.sub("", name, count=1) if address.match(name) else name for name in names]
    return tuple(dict.fromkeys(parts)) if parts and all(parts) else None
