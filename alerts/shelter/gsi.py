"""Reads the two layouts of 国土地理院 for 指定緊急避難場所 and 指定避難所, CSV and GeoJSON (city.md §2.1).

Columns are found by name, never by position. A file with a mistake gives no site at all: a list that was read by half
would take the other half off the residents' map.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from alerts.city.geojson_file import Geometry
from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.shelter.csv_table import CsvRow, ImportNote, ImportTable
from alerts.shelter.features import LATITUDE, LONGITUDE, read_table
from alerts.shelter.gsi_layout import ACCEPTS, ADDRESS, COMMON_ID, NAME, NOTE, OTHER, find_layout
from alerts.shelter.site import COMMON_ID as COMMON_ID_FORM
from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind, facility_of
from alerts.shelter.site_import import SiteImport, outside_the_city, repeated_ids

_ID_KINDS = {"1": SiteKind.SHELTER, "2": SiteKind.EMERGENCY_SITE}
_WELFARE = "2"
_FLAGS = {"1": True, "": False, "0": False}  # △ and the like are refused: they must not become yes silently
_CARRIED = frozenset({"name", "address", "latitude", "longitude", "note"})
_CARRIED_BY_KIND = {SiteKind.EMERGENCY_SITE: {"hazards"}, SiteKind.SHELTER: {"welfare", "accepts"}}


def read_gsi(raw: bytes, file: str, boundary: Geometry | None = None) -> SiteImport:
    """Reads a file of either layout; nothing of it where one cell is wrong."""
    problems: list[ImportNote] = []
    table = read_table(raw, file, problems)
    return SiteImport(None, problems=tuple(problems)) if problems else gsi_sites(table, boundary)


def gsi_sites(table: ImportTable, boundary: Geometry | None, code: str | None = None) -> SiteImport:
    """The list that a table holds; of a nationwide file the rows of the municipality with this `code`, if it has any.

    With a boundary, a point outside the city is a warning: a shelter may lie there rightly.
    """
    layout = find_layout(table)
    if layout.problems:
        return SiteImport(None, problems=layout.problems)
    rows, others = _of_the_city(table, code)
    problems: list[ImportNote] = []
    sites = tuple(_site(row, layout.kind, problems) for row in rows)
    problems += repeated_ids(sites, rows, COMMON_ID)
    if not rows:
        problems.append(ImportNote(table.file, 1, None, "holds no row; a list of at least one place is expected"))
    if problems:
        return SiteImport(layout.kind, problems=tuple(sorted(problems, key=lambda problem: problem.row)))
    doubts = (*others, *_of_another_city(sites, rows), *outside_the_city(sites, rows, boundary))
    carried = _CARRIED | _CARRIED_BY_KIND[layout.kind]
    return SiteImport(layout.kind, sites, warnings=(*layout.warnings, *doubts), carries=carried)


def _of_the_city(table: ImportTable, code: str | None) -> tuple[tuple[CsvRow, ...], tuple[ImportNote, ...]]:
    own = tuple(row for row in table.rows if row.get(COMMON_ID).startswith(f"E{code}"))
    if not own or len(own) == len(table.rows):
        return table.rows, ()
    message = f"{len(table.rows) - len(own)} rows of other municipalities than {code} are not read"
    return own, (ImportNote(table.file, 1, COMMON_ID, message),)


def _site(row: CsvRow, kind: SiteKind, faults: list[ImportNote]) -> Site:
    common_id, is_welfare = _common_id(row, kind, faults)
    return Site(
        id=common_id,
        kind=kind,
        facility=facility_of(common_id),
        name=row.text(NAME, faults),
        address=row.text(ADDRESS, faults),
        latitude=row.number_in(LATITUDE, LATITUDES, faults),
        longitude=row.number_in(LONGITUDE, LONGITUDES, faults),
        hazards=_hazards(row, faults) if kind is SiteKind.EMERGENCY_SITE else (),
        welfare=is_welfare,
        accepts=row.get(ACCEPTS) or None,
        note="; ".join(filter(None, (row.get(OTHER), row.get(NOTE)))) or None,
    )


def _common_id(row: CsvRow, kind: SiteKind, faults: list[ImportNote]) -> tuple[str, bool]:
    """The 共通ID, and whether its 13th character says 福祉避難所."""
    common_id = row.get(COMMON_ID)
    match = COMMON_ID_FORM.fullmatch(common_id)
    if match is None:
        faults.append(row.note(COMMON_ID, f"{common_id!r} is no 共通ID; expected is E and 13 digits"))
        return common_id, False
    if _ID_KINDS[match[2]] is not kind:
        faults.append(row.note(COMMON_ID, f"{common_id} names a {_ID_KINDS[match[2]]}, the columns are of a {kind}"))
    return common_id, match[3] == _WELFARE


def _hazards(row: CsvRow, faults: list[ImportNote]) -> tuple[str, ...]:
    hazards = []
    for hazard, column in SITE_HAZARDS.items():
        flag = row.get(column)
        if flag not in _FLAGS:
            faults.append(row.note(column, f"{flag!r} is neither 1 (designated) nor empty (not)"))
        if _FLAGS.get(flag):
            hazards.append(hazard)
    return tuple(hazards)


def _of_another_city(sites: tuple[Site, ...], rows: tuple[CsvRow, ...]) -> Iterator[ImportNote]:
    """Rows of another city than the file's name says."""
    for site, row in zip(sites, rows, strict=True):
        named = re.match(r"\d{5}", PurePath(row.file).name)
        if named and not site.id.startswith(f"E{named[0]}"):
            yield row.note(COMMON_ID, f"{site.id} is of another municipality than the file's name says")
