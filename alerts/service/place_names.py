"""The districts of a city as a text names them."""

from collections.abc import Iterable

from alerts.city.pack import CityPack
from alerts.wording.places import Place


def named_places(pack: CityPack, districts: Iterable[str]) -> tuple[Place, ...]:
    """The names of these districts, in the order of the pack; one that the pack no longer has is left out."""
    wanted = frozenset(districts)
    return tuple(Place(one.name, one.kana, one.name_en) for one in pack.districts if one.id in wanted)
