"""The fewest names for a set of districts: 北条小学校区 in place of its eleven towns (issue 8.2).

Only groups of an official layer lend their name: residents know their school's district, and ours may be a guess.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alerts.city.district import District, Group, Layer, Provenance
from alerts.wording.places import Place


@dataclass(frozen=True, slots=True)
class _Named:
    """Whole groups of one layer, and the districts that are left."""

    groups: tuple[Group, ...]
    rest: tuple[District, ...]

    def __len__(self) -> int:
        return len(self.groups) + len(self.rest)


def named(
    ids: Sequence[str], districts: Sequence[District], layers: Sequence[Layer], groups: Mapping[str, Group]
) -> tuple[Place, ...]:
    """Names that mean exactly these districts, groups of one layer first; never one that means more or less.

    Districts stand in the pack's order, whatever the order of `ids`. Raises `KeyError` for an unknown id.
    """
    known = {district.id: district for district in districts}
    wanted = {one: known[one] for one in ids}
    official = {layer.id for layer in layers if layer.provenance is Provenance.OFFICIAL}
    held = [group for group in groups.values() if group.layer in official and group.districts]
    whole = [group for group in held if set(group.districts) <= wanted.keys()]
    plain = _Named((), _left((), wanted, districts))
    shortest = min((plain, *_by_layer(whole, wanted, districts)), key=len)
    of_groups = (Place(group.name, name_en=group.name_en) for group in shortest.groups)
    of_districts = (Place(one.name, one.kana, one.name_en) for one in shortest.rest)
    return (*of_groups, *of_districts)


def _by_layer(
    whole: Sequence[Group], wanted: Mapping[str, District], districts: Sequence[District]
) -> Iterator[_Named]:
    for layer in dict.fromkeys(group.layer for group in whole):
        groups = tuple(group for group in whole if group.layer == layer)
        yield _Named(groups, _left(groups, wanted, districts))


def _left(
    groups: Sequence[Group], wanted: Mapping[str, District], districts: Sequence[District]
) -> tuple[District, ...]:
    covered = {one for group in groups for one in group.districts}
    return tuple(one for one in districts if one.id in wanted and one.id not in covered)
