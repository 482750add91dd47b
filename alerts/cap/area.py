"""Where an alert holds: the city, and the parts of it that a telegram or an order names.

The order in which districts are told first is no part of it: it rests on what the city infers, and to a receiver
elsewhere it would read as if the others were safe.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from alerts.alert import Revision, Source
from alerts.cap.document import Area, Pair
from alerts.cap.outline import outlines
from alerts.city.pack import CityPack
from alerts.wording.phrases import OFFICIAL, PhraseTable
from alerts.wording.places import Place, city_name, listed

MUNICIPALITY, CITY, DISTRICT = "jma:AreaInformationCity", "jp:lgcode", "bosai:district"
"""Names of geocodes: JMA's code of the municipality, 全国地方公共団体コード, our district id."""
_ALL = 10_000
Part = frozenset[str] | None
"""District ids; None for the whole city."""


@dataclass(frozen=True)
class Areas:
    """The areas of one pack; shapes are drawn once."""

    pack: CityPack
    _drawn: dict[Part, tuple[str, ...]] = field(default_factory=dict)

    def of(self, revision: Revision, source: Source, table: PhraseTable) -> tuple[Area, ...]:
        """The areas of a revision, in the table's script."""
        return tuple(self._area(part, table) for part in parts_of(revision, source))

    def _area(self, part: Part, table: PhraseTable) -> Area:
        codes = self.pack.codes
        if part is None:
            name = city_name(table, codes)
            geocodes: tuple[Pair, ...] = ((MUNICIPALITY, codes.municipality), (CITY, codes.code))
            return Area(codes.prefecture + name if table.language == OFFICIAL else name, self._shape(part), geocodes)
        named = [district for district in self.pack.districts if district.id in part]
        places = [Place(district.name, district.kana, district.name_en) for district in named]
        geocodes = tuple((DISTRICT, district.id) for district in named)
        return Area(listed(table, places, _ALL), self._shape(part), geocodes)

    def _shape(self, part: Part) -> tuple[str, ...]:
        if part not in self._drawn:
            self._drawn[part] = outlines(self._shapes(part))
        return self._drawn[part]

    def _shapes(self, part: Part) -> Iterable[dict[str, object]]:
        polygons = self.pack.polygons
        if part is None:
            return [self.pack.boundary] if self.pack.boundary else polygons.values()
        return [polygons[district] for district in sorted(part) if district in polygons]


def parts_of(revision: Revision, source: Source) -> tuple[Part, ...]:
    """What a telegram says holds in the whole city, and it may name parts; an office's order holds where it says."""
    if source is Source.JMA:
        return None, *(tier.districts for tier in revision.tiers if tier.districts and tier.level is not None)
    named = [tier.districts for tier in revision.tiers]
    told = frozenset(district for districts in named for district in districts or ())
    return (None,) if None in named or not told else (told,)
