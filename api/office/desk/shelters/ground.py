"""Where the places of refuge stand: their districts, and the school district by which the page lists them."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from alerts.city.district import Group
from alerts.city.pack import CityPack
from alerts.city.whereabouts import DistrictMap
from alerts.service.refuge import RefugePlace

_SCHOOLS = "elementary"
ELSEWHERE = "elsewhere"
"""The place of lists for what stands outside the city, or in no group."""


class Ground:
    """A city's. Points are looked up once: places seldom move."""

    def __init__(self, pack: CityPack) -> None:
        self._pack = pack
        self._found: dict[tuple[float, float], tuple[str, ...]] = {}

    def districts(self, place: RefugePlace) -> tuple[str, ...]:
        """Of a place, the one that holds it first, then those within 100 m; none outside the city."""
        point = place.site.latitude, place.site.longitude
        if point not in self._found:
            self._found[point] = self._map.at(*point).districts
        return self._found[point]

    def group(self, place: RefugePlace) -> str:
        """The school district in which a place stands."""
        first = self.districts(place)[:1]
        return next((self._group_of[each] for each in first if each in self._group_of), ELSEWHERE)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The school districts in the pack's order; in a city without them, the groups of its first layer."""
        layers = [layer.id for layer in self._pack.layers if any(g.layer == layer.id for g in self._every)]
        chosen = _SCHOOLS if _SCHOOLS in layers else next(iter(layers), None)
        return tuple(group for group in self._every if group.layer == chosen)

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """The districts of everything that an address may name: a district or a group."""
        own = {district.id: frozenset({district.id}) for district in self._pack.districts}
        return own | {group.id: frozenset(group.districts) for group in self._every}

    @cached_property
    def choices(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Layer by layer, then the districts: ids and names, for a list to choose from."""
        layers = (
            (layer.name, tuple((group.id, group.name) for group in self._every if group.layer == layer.id))
            for layer in self._pack.layers
        )
        own = ("町丁目", tuple((district.id, district.name) for district in self._pack.districts))
        return tuple(each for each in (*layers, own) if each[1])

    @property
    def _every(self) -> Iterable[Group]:
        return self._pack.groups.values()

    @cached_property
    def _group_of(self) -> dict[str, str]:
        return {district: group.id for group in self.groups for district in group.districts}

    @cached_property
    def _map(self) -> DistrictMap:
        return DistrictMap(self._pack)
