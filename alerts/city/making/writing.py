"""Writes a pack's files, in the layouts that its loader reads (contract.md City file)."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from alerts.city.districts_file import DISTRICT_COLUMNS
from alerts.city.making.material import Schools, Town
from alerts.city.making.outline import as_geojson
from alerts.city.sites_file import SITE_COLUMNS
from alerts.shelter.site import Site

LEVELS = {
    "elementary": ("小学校区", "Elementary school district"),
    "junior_high": ("中学校区", "Junior high school district"),
}


def city_toml(names: Mapping[str, str], codes: Mapping[str, str], rivers: Iterable[str]) -> str:
    """`city.toml`."""
    lines = ["[city]", *(f"{key} = {as_toml(value)}" for key, value in names.items()), "", "[jma]"]
    lines += [f"{key} = {as_toml(value)}" for key, value in codes.items()]
    return "\n".join([*lines, f"rivers = [{', '.join(map(as_toml, rivers))}]", ""])


def districts_csv(towns: Iterable[Town]) -> str:
    """`districts.csv`."""
    return _csv(DISTRICT_COLUMNS, ([getattr(town, column) for column in DISTRICT_COLUMNS] for town in towns))


def shapes_geojson(areas: Mapping[str, BaseGeometry], properties: Mapping[str, object]) -> str:
    """Areas by id, a feature a line, so that a problem has a line."""
    lines = [
        _json({"type": "Feature", "id": each, "properties": properties, "geometry": as_geojson(area)})
        for each, area in areas.items()
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def layers_toml(town_provenance: str, schools: Mapping[str, Schools], day: date) -> str:
    """`layers.toml`: the towns themselves, and a layer for each level of schools."""
    parts = [_layer(("town", "町丁目・大字", "Town block"), town_provenance, "town_shapes", day)]
    for level, found in schools.items():
        parts.append(_layer((level, *LEVELS[level]), found.provenance, level, day) + "\n[layer.groups]\n")
        parts += [
            f"{as_toml(slug)} = {{ name = {as_toml(_district_name(name))}, name_en = {as_toml(name)} }}\n"
            for slug, name in found.names.items()
            if any(member.school == slug for member in found.members)
        ]
    return "".join(parts)


def groups_csv(schools: Mapping[str, Schools]) -> str:
    """`groups.csv`."""
    rows = (
        (f"{level}:{one.school}", one.town, "sourced" if one.is_sourced else "inferred", one.note)
        for level, found in schools.items()
        for one in found.members
    )
    return _csv(("group", "district", "basis", "note"), rows)


def sites_csv(sites: Iterable[Site]) -> str:
    """`sites.csv`."""
    return _csv(SITE_COLUMNS, ([_site_cell(getattr(site, column)) for column in SITE_COLUMNS] for site in sites))


def write(folder: Path, files: Mapping[str, str]) -> None:
    """All files of a pack."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _layer(named: tuple[str, str, str], provenance: str, source: str, day: date) -> str:
    each, name, name_en = named
    keys = {"id": each, "name": name, "name_en": name_en, "provenance": provenance, "source": source}
    lines = "".join(f"{key} = {as_toml(value)}\n" for key, value in keys.items())
    return f"{'' if each == 'town' else chr(10)}[[layer]]\n{lines}valid_from = {day.isoformat()}\n"


def _district_name(school: str) -> str:
    return school if school.endswith("区") else f"{school}区"


def _site_cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(value) if isinstance(value, tuple) else "" if value is None else value


def _csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def as_toml(value: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(value, ensure_ascii=False)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
