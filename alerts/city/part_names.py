"""Which districts a name in a `SubCityList` means: 大字, 町名 and 校区, in every spelling JMA prints (jma.md §3.4)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from alerts.city.address_text import NUMBER, folded, number
from alerts.city.district import District, Group

_CHOME = re.compile(rf"({NUMBER})(?=丁目)")
_BLOCK = re.compile(r"(?P<town>.+?)(?P<number>\d+)(?:丁目)?")  # 赤井1丁目, 赤井1
_ASIDE = re.compile(r"\(.*\)$|ノ?(?:一部|全域)$")  # 宮町1(駅西), 三箇ノ一部
_OLD_TOWN = re.compile(r"^(?:大字|字)")
_SCHOOL = re.compile(r"(?P<stem>.+?)(?P<kind>小|中)(?:学校)?(?:校区|学区|区)?")  # 灰塚小学校区, 灰塚小校区
_DISTRICT_OF_A_SCHOOL = re.compile(r"(?P<stem>.+?)(?:校区|学区)")  # 灰塚校区 does not say which school
_NEIGHBOURHOOD = re.compile(r"(?P<stem>.+?)地区")


@dataclass(frozen=True, slots=True)
class PartNames:
    """The names that a pack's districts and groups give, as `plain` spells them, each with the districts it means."""

    places: Mapping[str, frozenset[str]]  # towns, their blocks, groups by their whole names
    schools: Mapping[str, frozenset[str]]  # 灰塚小, and by the bare stem 灰塚 every school of that name

    def find(self, name: str) -> frozenset[str]:
        """The districts that a name means; all that it may mean where it is ambiguous, none where nothing bears it."""
        return next((found for key in _readings(plain(name)) if (found := self._look_up(key))), frozenset())

    def _look_up(self, name: str) -> frozenset[str]:
        """The most particular meaning of one spelling."""
        if name in self.places:
            return self.places[name]
        if school := _SCHOOL.fullmatch(name):
            return self.schools.get(school["stem"] + school["kind"], frozenset())
        if district := _DISTRICT_OF_A_SCHOOL.fullmatch(name):
            return self.schools.get(district["stem"], frozenset())
        if around := _NEIGHBOURHOOD.fullmatch(name):
            stem = around["stem"]
            return self.places.get(stem, frozenset()) | self.schools.get(stem, frozenset())
        return frozenset()


NO_NAMES = PartNames(MappingProxyType({}), MappingProxyType({}))


def part_names(districts: Iterable[District], groups: Iterable[Group]) -> PartNames:
    """The names of one pack."""
    places: dict[str, set[str]] = defaultdict(set)
    schools: dict[str, set[str]] = defaultdict(set)
    for district in districts:
        for key in _keys(plain(district.name)):
            places[key].add(district.id)
    for group in groups:
        name = plain(group.name)
        places[name].update(group.districts)
        if school := _SCHOOL.fullmatch(name):
            schools[school["stem"] + school["kind"]].update(group.districts)
            schools[school["stem"]].update(group.districts)
    return PartNames(_frozen(places), _frozen(schools))


def plain(name: str) -> str:
    """One spelling for all, as addresses are folded, and 三丁目 as 3丁目."""
    return _CHOME.sub(lambda found: str(number(found[1])), folded(name))


def _keys(name: str) -> Iterator[str]:
    """What a town or block is called: 赤井1丁目, 赤井1, and 赤井 with all other blocks; 大字龍間 also 龍間."""
    yield name
    yield _OLD_TOWN.sub("", name)
    if block := _BLOCK.fullmatch(name):
        yield block["town"] + block["number"]
        yield block["town"]


def _readings(name: str) -> Iterator[str]:
    """The name as it is, then without what narrows it further than a pack knows, then without 大字."""
    bare = _ASIDE.sub("", name)
    yield from dict.fromkeys((name, bare, _OLD_TOWN.sub("", name), _OLD_TOWN.sub("", bare)))


def _frozen(found: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({name: frozenset(districts) for name, districts in found.items()})
