"""What a form chooses from: districts, the groups that add many at once, facilities, hazards with a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from alerts.city.codes import CityCodes
from alerts.city.district import District, Group, Layer
from alerts.city.naming import named
from alerts.service.services import Services
from alerts.wording.phrases import OFFICIAL

_HAZARDS = ("landslide", "river_flood", "inundation", "heavy_rain", "storm_surge", "storm", "earthquake", "tsunami")


@dataclass(frozen=True, slots=True)
class GroupsOf:
    """The groups of one layer."""

    layer: Layer
    groups: tuple[Group, ...]


class OrderGround:
    """One world's."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @property
    def city(self) -> CityCodes:
        """The city and its codes."""
        return self._services.pack.codes

    @property
    def districts(self) -> tuple[District, ...]:
        """In the pack's order."""
        return tuple(self._services.pack.districts)

    @cached_property
    def layers(self) -> tuple[GroupsOf, ...]:
        """School districts, hazard zones and what else the city groups its districts by."""
        pack = self._services.pack
        every = (
            GroupsOf(layer, tuple(g for g in pack.groups.values() if g.layer == layer.id)) for layer in pack.layers
        )
        return tuple(each for each in every if each.groups)

    @cached_property
    def hazards(self) -> dict[str, str]:
        """Why an order is given: hazards that the Japanese table can name."""
        table = self._services.wording.tables[OFFICIAL]
        known = ((hazard, f"hazard.{hazard}") for hazard in _HAZARDS)
        return {hazard: table.first(key).text for hazard, key in known if key in table.phrases}

    def kind(self, template: str) -> str:
        """The official name of a template."""
        return self._services.wording.tables[OFFICIAL].first(f"office.name.{template}").text

    def ordered(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The known ones among these, once each, in the pack's order."""
        wanted = set(ids)
        return tuple(district.id for district in self.districts if district.id in wanted)

    def of_group(self, group_id: str) -> tuple[str, ...]:
        """The districts of a group; none of an unknown one."""
        group = self._services.pack.groups.get(group_id)
        return tuple(group.districts) if group else ()

    def of_postcode(self, postcode: str) -> tuple[str, ...]:
        """The districts that share a postal code, written with or without its hyphen."""
        digits = "".join(each for each in postcode if each.isdigit())
        found = (district.id for district in self.districts if district.postal_code == digits)
        return tuple(found) if digits.isascii() else ()

    def names(self, ids: tuple[str, ...] | None) -> str:
        """Districts in as few true names as there are; None is the whole city."""
        if ids is None:
            return "市内全域"
        pack = self._services.pack
        return "、".join(place.name for place in named(ids, pack.districts, pack.layers, pack.groups)) or "未選択"
