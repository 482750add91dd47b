"""School districts: as areas (国土数値情報 A27, A32), or as the towns that a list names (標準オープンデータ 17)."""

import re
from collections.abc import Collection, Iterable, Sequence

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from alerts.city.address_book import AddressBook, Certainty
from alerts.city.making.material import Feature, MaterialError, Membership, Origin, Schools, Town
from alerts.city.making.outline import area_of
from alerts.city.making.table import Columns
from alerts.shelter.csv_table import CsvRow

ELEMENTARY, JUNIOR_HIGH = "elementary", "junior_high"
SCHOOL_COLUMNS: Columns = {
    "id": ("学校コード", "学校ID"),
    "name": ("学校名称", "school", "district"),
    "kind": ("行政サービス拠点種別 (POIコード)", "行政サービス拠点種別", "POIコード"),
    "towns": ("通学区域の住所", "towns", "town"),
    "ended": ("通学区域_廃止日",),
}
SCHOOL_NEEDED = ("name", "towns")
_POI = {ELEMENTARY: "1503", JUNIOR_HIGH: "1504"}
_LEAST_SHARE = 0.1  # of a town's area: less is two maps that do not fit
_ALMOST_WHOLE = 0.9
_PART = re.compile(r"の?一部|番地?|号|[~〜～]|以北|以南|以東|以西|除く|のうち")
AREAS = Origin(
    title="国土数値情報 小学校区 A27 / 中学校区 A32",
    licence="市区町村により異なる (the archive's table of terms by municipality)",
    credit="「国土数値情報（学校区データ）」（国土交通省）を加工して作成",
    derived="A town belongs to each school district that covers a tenth of it or more; the note says how much.",
    caution="The terms differ by municipality: read the row of the city before publishing.",
)
LIST = Origin(
    title="小中学校通学区域情報 (自治体標準オープンデータセット 17、または市の一覧)",
    licence="市が定める (多くは CC BY 4.0)",
    credit="市の小中学校通学区域情報を加工して作成",
    caution="A town of which only part belongs to a school is a member too; the note quotes the list.",
)


def schools_of_areas(features: Iterable[Feature], file: str, codes: Collection[str], towns: Sequence[Town]) -> Schools:
    """Every town belongs to each district that covers a tenth of its area."""
    shaped = [(town, town.shape) for town in towns if town.shape is not None]
    tree = STRtree([shape for _, shape in shaped])
    names: dict[str, str] = {}
    members: list[Membership] = []
    for feature in features:
        if feature.text("A27_001", "A32_001")[:5] not in codes:
            continue
        slug, name = feature.text("A27_003", "A32_003").lower(), feature.text("A27_004", "A32_004")
        if not slug or not name:
            raise feature.fault("has no school code (A27_003, A32_003) or name (A27_004, A32_004); take version 3")
        names[slug] = name
        area = area_of(feature)
        near = [shaped[int(at)] for at in sorted(tree.query(area, predicate="intersects"))]
        members += [one for town, whole in near if (one := _of_share(slug, town.id, area, whole))]
    if not names:
        raise MaterialError(file, None, f"has no school district of municipality {', '.join(sorted(codes))}")
    return Schools(names, _merged(members), "derived", AREAS, _homeless(file, towns, members))


def _of_share(slug: str, town: str, area: BaseGeometry, whole: BaseGeometry) -> Membership | None:
    share = area.intersection(whole).area / whole.area
    if share < _LEAST_SHARE:
        return None
    return Membership(slug, town, is_sourced=False, note="" if share > _ALMOST_WHOLE else f"{share:.0%} of the town")


def schools_of_list(
    rows: Iterable[CsvRow], file: str, level: str, book: AddressBook, *, city: str, towns: Sequence[Town]
) -> Schools:
    """One row a school, or a row for each town. Raises `MaterialError` for a town that the city does not have."""
    names: dict[str, str] = {}
    members: list[Membership] = []
    for row in rows:
        if row.get("ended") or (row.get("kind") and row.get("kind") != _POI[level]):
            continue
        name = row.get("name")
        slug = next((slug for slug, known in names.items() if known == name), None) or _slug(row, len(names) + 1)
        if names.setdefault(slug, name) != name:
            raise MaterialError(
                file, row.number, f"{name} has the id {row.get('id')} of {names[slug]}; ids must differ"
            )
        for named in filter(None, re.split("[;；]", row.get("towns"))):
            members += _named(row, slug, named.strip(), book, city)
    if not names:
        raise MaterialError(file, None, f"has no row of a school with POIコード {_POI[level]} ({level})")
    return Schools(names, _merged(members), "official", LIST, _homeless(file, towns, members))


def _named(row: CsvRow, slug: str, named: str, book: AddressBook, city: str) -> list[Membership]:
    whole = named if city in named else city + named
    found = book.find(whole.replace("全域", ""))
    if found.certainty not in {Certainty.EXACT, Certainty.SEVERAL}:
        advice = "write it as in the list of towns"
        raise MaterialError(row.file, row.number, f"{named!r} of {row.get('name')} is no town of the city; {advice}")
    note = f"part: {named}" if _PART.search(named) else ""
    return [Membership(slug, district, is_sourced=True, note=note) for district in found.districts]


def _slug(row: CsvRow, number: int) -> str:
    own = re.sub(r"[^a-z0-9]+", "_", row.get("id").lower()).strip("_")
    return own or f"school_{number}"


def _merged(members: Iterable[Membership]) -> tuple[Membership, ...]:
    """Each town once in a school, with all notes about it."""
    found: dict[tuple[str, str], Membership] = {}
    for one in members:
        key = (one.school, one.town)
        notes = [found[key].note, one.note] if key in found else [one.note]
        found[key] = Membership(one.school, one.town, one.is_sourced, "; ".join(filter(None, dict.fromkeys(notes))))
    return tuple(found.values())


def _homeless(file: str, towns: Sequence[Town], members: Iterable[Membership]) -> tuple[str, ...]:
    """What a person should look at: towns that no school takes. They still get every city-wide message."""
    housed = {one.town for one in members}
    names = [town.name for town in towns if town.id not in housed]
    return (f"{file}: {len(names)} towns are in no school district: {', '.join(names[:10])}",) if names else ()
