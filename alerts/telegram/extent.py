"""Where in a municipality a notice holds, as far as a telegram says more than the municipality (jma.md §3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SubArea:
    """A part of the city by the name JMA prints (蔵岡, 嘉島西校区), with the 警戒レベル that holds there."""

    name: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Station:
    """A river gauge with the 警戒レベル of its reach."""

    code: str  # 17 digits, 15 in 水位周知河川に関する情報
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Extent:
    """Parts of the city, gauges and rivers that a notice speaks of.

    Without `sub_areas` it holds in the whole city. `rivers` are codes: 12 digits of a forecast area, 10 of
    a river; of a 水位周知河川 10 of a section, 8 of the river.
    """

    sub_areas: tuple[SubArea, ...] = ()
    stations: tuple[Station, ...] = ()
    rivers: tuple[str, ...] = ()

    @property
    def worst_parts(self) -> frozenset[str]:
        """Names of the parts where the highest of their levels holds."""
        return _at_the_highest((part.level or 0, (part.name,)) for part in self.sub_areas)

    @property
    def worst_stations(self) -> frozenset[str]:
        """Names and codes of the gauges with the highest of their levels: they make the city's level."""
        return _at_the_highest((each.level, (each.name, each.code)) for each in self.stations)


WHOLE_CITY = Extent()


def _at_the_highest(stated: Iterable[tuple[int, tuple[str, ...]]]) -> frozenset[str]:
    found = tuple(stated)
    highest = max((level for level, _ in found), default=0)
    return frozenset(name for level, names in found if level == highest for name in names)
