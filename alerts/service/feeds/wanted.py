"""Which announced telegrams are fetched, told by their file names alone (jma.md §1.2, R16).

The rule leans to fetching: what is not certainly of no use here is read.
"""

from alerts.city.codes import CityCodes
from alerts.telegram.catalogue import area_in_name, entries, type_in_name
from alerts.telegram.reading import Outcome

# Types of which each file is about one office's area (府県予報区) and says so at the end of its name. The end of an
# earthquake's, a typhoon's or a river's file names who produced it and filters nothing; bulletins are too rare and too
# important to be filtered (jma.md §1.2).
_OF_ONE_OFFICE = frozenset(
    {f"VPWW{number}" for number in range(55, 62)}
    | {"VPHW51", "VPFT50", "VPFJ51", "VPWP50", "VPFD51", "VPFD61", "VPFW50", "VPFW60", "VPFG50"}
)
_REGION_OR_TOKYO = "010"  # 010000 is JMA itself, 010100 and on are regions (地方) of several offices


def wanted(file: str, city: CityCodes) -> bool:
    """Whether the telegram of this file name is to be fetched for the city."""
    return _wanted_type(type_in_name(file), area_in_name(file), city)


def _wanted_type(type_: str | None, area: str | None, city: CityCodes) -> bool:
    known = entries().get(type_) if type_ else None
    if known is not None and known.outcome_for(city) is Outcome.IGNORE:
        return False
    if type_ not in _OF_ONE_OFFICE or area is None or area.startswith(_REGION_OR_TOKYO):
        return True
    return area == city.office
