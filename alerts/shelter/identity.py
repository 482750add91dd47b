"""Which id a row has, where its layout has no 共通ID (city.md §2.2)."""

import hashlib
import re

from alerts.city.address_text import folded
from alerts.shelter.site import COMMON_ID, SHELTER_SUFFIX


def site_id(given: str, city_code: str, name: str, address: str) -> str:
    """A 共通ID as it is, a city's own number behind its code; without a number one made of name and address."""
    if COMMON_ID.fullmatch(given) or given.startswith(f"{city_code}-"):
        return given
    if given:
        return f"{city_code}-{given}"
    return f"{city_code}-{hashlib.sha256(place_key(name, address).encode()).hexdigest()[:12]}"


def shelter_id(facility: str) -> str:
    """The id of a designated shelter that is known only as the other side of an emergency site."""
    return facility + SHELTER_SUFFIX


def is_own_number(id_: str) -> bool:
    """Whether the id is not a 共通ID: then no list of 国土地理院 can retire the place, and a city's list may."""
    return COMMON_ID.fullmatch(id_) is None


def place_key(name: str, address: str) -> str:
    """Equal for two spellings of one place: full width, 大字, the prefecture and blanks do not count."""
    local = re.sub(r"^.{2,3}?[都道府県](?=.+[市区町村])", "", folded(address))
    return f"{folded(name)}/{re.sub('大字|字', '', local)}"
