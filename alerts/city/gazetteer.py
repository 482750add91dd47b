"""All that a city's rules may name: districts, groups, rivers, and the parts that telegrams name (city.md §0-1)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from alerts.city.district import District, Group, Layer, Provenance
from alerts.city.part_names import PartNames, part_names
from alerts.telegram.extent import Extent


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of one pack."""

    groups: Mapping[str, Group]
    districts: tuple[str, ...]  # ids of all districts, in the pack's order
    names: PartNames
    official: frozenset[str]  # ids of the groups of official layers: only these may lower anybody's urgency
    layers: Mapping[str, Layer]
    rivers: frozenset[str]  # 指定河川洪水予報 areas of the city file

    def members(self, groups: Collection[str]) -> frozenset[str]:
        """The districts of several groups."""
        return frozenset(district for group in groups for district in self.groups[group].districts)

    def own_levels(self, extent: Extent) -> dict[str, int]:
        """The levels that a telegram gives to single districts, by id.

        Empty, which means the whole city, where it names no parts, or one that nothing in the pack bears.
        """
        levels: dict[str, int] = {}
        for part in extent.sub_areas:
            found = self.names.find(part.name)
            if not found:
                return {}
            for district in found:
                levels[district] = max(part.level or 0, levels.get(district, 0))
        return levels

    def unknown_parts(self, extent: Extent) -> tuple[str, ...]:
        """The parts that a telegram names and the pack does not know; none where a city has no districts."""
        return tuple(part.name for part in extent.sub_areas if self.districts and not self.names.find(part.name))


def gazetteer(
    districts: Sequence[District], layers: Sequence[Layer], groups: Mapping[str, Group], rivers: Collection[str]
) -> Gazetteer:
    """The places of a pack that was read."""
    by_id = {layer.id: layer for layer in layers}
    return Gazetteer(
        groups=groups,
        districts=tuple(district.id for district in districts),
        names=part_names(districts, groups.values()),
        official=frozenset(g.id for g in groups.values() if by_id[g.layer].provenance is Provenance.OFFICIAL),
        layers=by_id,
        rivers=frozenset(rivers),
    )
