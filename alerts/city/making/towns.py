"""Towns out of the lists that cover the country: points (位置参照情報, Geolonia, an own CSV) or e-Stat's areas."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from shapely import unary_union
from shapely.geometry.base import BaseGeometry

from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.city.making.material import Feature, MaterialError, Origin, Town, Towns
from alerts.city.making.outline import area_of, only_areas
from alerts.city.making.table import Columns
from alerts.shelter.csv_table import CsvRow, ImportNote

TOWN_COLUMNS: Columns = {
    "id": ("id", "大字町丁目コード"),
    "municipality": ("municipality", "市区町村コード"),
    "name": ("name", "大字町丁目名"),
    "part": ("小字・通称名",),
    "kana": ("kana", "大字町丁目名カナ"),
    "name_en": ("name_en", "大字町丁目名ローマ字"),
    "postal_code": ("postal_code",),
    "latitude": ("latitude", "緯度"),
    "longitude": ("longitude", "経度"),
}
TOWN_NEEDED = ("name", "latitude", "longitude")
_ISJ = Origin(
    title="国土交通省 位置参照情報 (大字・町丁目レベル)、またはそれを加工した町丁目一覧",
    licence="国土数値情報利用規約 (CC BY 4.0 相当)",
    credit="「位置参照情報」（国土交通省）を加工して作成",
)
_OWN = Origin(
    title="市の町丁目一覧",
    licence="市が定める",
    credit="市の町丁目一覧",
    caution="State in sources.toml where the list comes from, and its licence.",
)
_ESTAT = Origin(
    title="国勢調査 小地域 (町丁・字等) 境界データ, e-Stat 統計地理情報システム",
    licence="政府統計の総合窓口（e-Stat）利用規約 (CC BY 4.0 互換)",
    credit="「国勢調査 小地域境界データ」（総務省統計局 e-Stat）を加工して作成",
    caution="The census merges or splits some blocks.",
)
_CODE_DIGITS = 5
_WATER = "8154"  # HCODE of 水面調査区: nobody lives there


def towns_of_points(rows: Iterable[CsvRow], file: str, codes: Mapping[str, str], city: str) -> Towns:
    """One town a row. Rows count whose municipal code is in `codes`, with the names of wards; `city` begins the ids."""
    towns: dict[str, Town] = {}
    has_codes = False
    for row in rows:
        municipality = row.get("municipality").zfill(_CODE_DIGITS)[:_CODE_DIGITS]
        has_codes = has_codes or bool(row.get("municipality"))
        if row.get("municipality") and municipality not in codes:
            continue
        town = _of_row(row, city, codes.get(municipality, ""), {other.id for other in towns.values()})
        if town.name not in towns:
            towns[town.name] = town
        elif not row.get("part"):
            raise MaterialError(file, row.number, f"{town.name} stands here a second time; one row for each town")
    if not towns:
        raise MaterialError(file, None, f"has no town of municipality {', '.join(sorted(codes))}")
    return Towns(tuple(towns.values()), _ISJ if has_codes else _OWN)


def towns_of_areas(features: Iterable[Feature], file: str, codes: Mapping[str, str], city: str) -> Towns:
    """One town a name: e-Stat cuts some into several areas. Areas without a name, and water, are left out."""
    areas: dict[str, list[BaseGeometry]] = defaultdict(list)
    keys: dict[str, str] = {}
    nameless = 0
    for feature in features:
        key, name = feature.text("KEY_CODE"), feature.text("S_NAME", "name")
        if key[:_CODE_DIGITS] not in codes or feature.text("HCODE") == _WATER:
            continue
        nameless += not name
        if name:
            whole = codes[key[:_CODE_DIGITS]] + name
            areas[whole].append(area_of(feature))
            keys.setdefault(whole, key)
    if not areas:
        raise MaterialError(file, None, f"has no area whose KEY_CODE begins with {', '.join(sorted(codes))}")
    notes = (f"{file}: {nameless} areas without a name were left out",) if nameless else ()
    return Towns(tuple(_of_areas(name, areas[name], keys[name], city) for name in areas), _ESTAT, notes)


def _of_areas(name: str, areas: list[BaseGeometry], key: str, city: str) -> Town:
    whole = only_areas(unary_union(areas))
    inside = whole.representative_point()
    return Town(f"{city}-{key.removeprefix(city)}", name, "", name, "", round(inside.y, 6), round(inside.x, 6), whole)


def _of_row(row: CsvRow, city: str, ward: str, taken: Collection[str]) -> Town:
    faults: list[ImportNote] = []
    latitude = row.number_in("latitude", LATITUDES, faults)
    longitude = row.number_in("longitude", LONGITUDES, faults)
    row.text("name", faults)
    if faults:
        raise MaterialError(row.file, row.number, "; ".join(f"{fault.column}: {fault.message}" for fault in faults))
    return Town(
        id=_id(row, city, taken),
        name=ward + row.get("name"),
        kana=row.get("kana"),
        name_en=" ".join(map(_capitalised, row.get("name_en").split())) or row.get("name"),
        postal_code=row.get("postal_code").replace("-", ""),
        latitude=latitude,
        longitude=longitude,
    )


def _id(row: CsvRow, city: str, taken: Collection[str]) -> str:
    """An id that stays the same when the list comes anew: the list's own, else the name in Latin letters."""
    own = row.get("id").lower()
    if own.isdecimal() and own.startswith(city):
        own = own.removeprefix(city)
    slug = re.sub(r"[^a-z0-9]+", "-", (own or row.get("name_en")).lower()).strip("-").removeprefix(f"{city}-")
    if not slug:
        message = f"{row.get('name')} has neither an id nor a name in Latin letters; add a column id or name_en"
        raise MaterialError(row.file, row.number, message)
    same = [f"{city}-{slug}", *(f"{city}-{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in same if each not in taken)


def _capitalised(word: str) -> str:
    return word.capitalize() if word.isupper() else word
