"""Reads `districts.csv`: the city's smallest units, the town blocks that an address gives (city.md §1)."""

import re

from alerts.city.csv_rows import Row, read_rows
from alerts.city.district import District
from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.city.pack_files import PackFiles

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
_POSTAL_CODE = re.compile(r"\d{7}|")
DISTRICT_COLUMNS = ("id", "name", "kana", "name_en", "postal_code", "latitude", "longitude")


def read_districts(files: PackFiles) -> tuple[District, ...]:
    """The districts in the file's order; none where the city has no such file."""
    found = files.bytes_of("districts.csv")
    districts: dict[str, District] = {}
    for row in read_rows(*found, files.problems, *DISTRICT_COLUMNS) if found else ():
        district = _district(row)
        if district.id in districts:
            row.problem(f"district {district.id} stands here a second time; ids must differ")
        districts[district.id] = district
    return tuple(districts.values())


def _district(row: Row) -> District:
    slug, postal_code = row.text("id"), row.cells["postal_code"]
    if slug and not SLUG.fullmatch(slug):
        row.problem(f"id {slug!r} must hold only a-z, 0-9, - and _")
    if not _POSTAL_CODE.fullmatch(postal_code):
        row.problem(f"postal_code {postal_code!r} must be seven digits without a hyphen, or empty")
    return District(
        id=slug,
        name=row.text("name"),
        kana=row.cells["kana"],
        name_en=row.text("name_en"),
        postal_code=postal_code,
        latitude=row.number("latitude", *LATITUDES),
        longitude=row.number("longitude", *LONGITUDES),
    )
