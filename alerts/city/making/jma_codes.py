"""JMA's codes of a municipality, found by its name in JMA's tables (jma.md §3.8, contract.md City file)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from alerts.city.making.material import MaterialError, Origin
from alerts.city.making.table import Columns
from alerts.shelter.csv_table import CsvRow

QUAKE_COLUMNS: Columns = {
    "region": ("area_code_AreaForecastLocalE", "AreaForecastLocalE", "細分区域コード"),
    "municipality": ("city_code_AreaInformationCity", "AreaInformationCity", "市町村等コード"),
}
TSUNAMI_COLUMNS: Columns = {"code": ("code", "津波予報区コード"), "name": ("name", "津波予報区名")}
RIVER_COLUMNS: Columns = {
    "code": ("flood_forecast_area_code", "予報区域コード"),
    "municipalities": ("municipalities_listed", "対象市町村"),
}
JMA = Origin(title="気象庁 区域コード表", licence="気象庁ホームページ利用規約 (PDL1.0)", credit="出典：気象庁")
INLAND = "none"  # said for a city whose prefecture has no coast
_NO_TSUNAMI_REGION = "000000"
_LAYERS = (("class20s", "municipality"), ("class15s", "class15"), ("class10s", "class10"), ("offices", "office"))


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality in JMA's area.json."""

    name_en: str
    codes: dict[str, str]  # municipality, class15, class10, office, region


def find_area(raw: bytes, file: str, name: str, code: str) -> Area:
    """The municipality of that name in the prefecture of `code`. Raises `MaterialError` if it is not there once."""
    tables = _tables(raw, file)
    here = {each: entry for each, entry in tables["class20s"].items() if each[:2] == code[:2]}
    found = [each for each, entry in here.items() if entry["name"] == name]
    if len(found) != 1:
        parts = ", ".join(entry["name"] for entry in here.values() if entry["name"].startswith(name))
        advice = f"JMA divides it: choose one of {parts} with --jma-area" if parts else "check the spelling"
        raise MaterialError(
            file, None, f"class20s has {len(found)} entries named {name} in prefecture {code[:2]}; {advice}"
        )
    codes, at = {}, found[0]
    try:
        for table, key in _LAYERS:
            codes[key], at = at, tables[table][at]["parent"]
        return Area(str(tables["class20s"][found[0]]["enName"]), codes | {"region": at})
    except KeyError as error:
        raise MaterialError(file, None, f"{at} has no {error} in {table}; take area.json from JMA anew") from None


def quake_region(rows: Iterable[CsvRow], file: str, municipality: str) -> str:
    """The region of quake telegrams (AreaForecastLocalE) that the municipality lies in."""
    found = {row.cells["region"] for row in rows if row.cells["municipality"] == municipality}
    return _only(found, file, f"a row for the municipality {municipality}")


def tsunami_region(rows: Iterable[CsvRow], file: str, name: str) -> str:
    """The code of the tsunami forecast region of that name."""
    if name == INLAND:
        return _NO_TSUNAMI_REGION
    found = {row.cells["code"] for row in rows if row.cells["name"] == name}
    return _only(found, file, f"a row named {name}; say another --tsunami-region, or {INLAND} for a city without one")


def river_areas(rows: Iterable[CsvRow], name: str) -> tuple[str, ...]:
    """The forecast areas of rivers (指定河川洪水予報) whose list of municipalities names the city."""
    return tuple(row.cells["code"] for row in rows if name in row.cells["municipalities"].replace("、", " ").split())


def _only(found: set[str], file: str, what: str) -> str:
    if len(found) != 1:
        raise MaterialError(file, None, f"must have {what}, with one code; found {', '.join(sorted(found)) or 'none'}")
    return found.pop()


def _tables(raw: bytes, file: str) -> dict[str, dict[str, Any]]:
    try:
        tables = json.loads(raw)
        if all(isinstance(tables[table], dict) for table, _ in _LAYERS):
            return dict(tables)
    except (ValueError, TypeError, KeyError):
        pass
    raise MaterialError(file, None, "is not JMA's area.json; it has class20s, class15s, class10s and offices")
