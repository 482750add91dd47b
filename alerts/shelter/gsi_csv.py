"""Reads the two CSV layouts of 国土地理院 for 指定緊急避難場所 and 指定避難所 (city.md §2.1).

Columns are found by name, never by position. A file with a mistake gives no site at all: a list that was read by half
would take the other half off the residents' map.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from alerts.city.geojson_file import Geometry
from alerts.city.geometry import metres_outside
from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.shelter.csv_table import CsvRow, ImportNote, read_table
from alerts.shelter.gsi_layout import (
    ACCEPTS,
    ADDRESS,
    COMMON_ID,
    LATITUDE,
    LONGITUDE,
    NAME,
    NOTE,
    OTHER,
    find_layout,
)
from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind

_ID_FORM = re.compile(r"E(\d{5})\d{5}([12])([012])\d")  # municipality, facility, kind, general or welfare, serial
_FACILITY_CHARACTERS = 11
_ID_KINDS = {"1": SiteKind.SHELTER, "2": SiteKind.EMERGENCY_SITE}
_WELFARE = "2"
_FLAGS = {"1": True, "": False, "0": False}  # △ and the like are refused: they must not become yes silently


@dataclass(frozen=True, slots=True)
class SiteImport:
    """What a file holds. With `problems` there are no sites; `warnings` are for a person to look at first."""

    kind: SiteKind | None
    sites: tuple[Site, ...] = ()
    problems: tuple[ImportNote, ...] = ()
    warnings: tuple[ImportNote, ...] = ()


def read_gsi(raw: bytes, filename: str, boundary: Geometry | None = None) -> SiteImport:
    """Reads either layout. With a boundary, a point outside the city is a warning: a few shelters are."""
    problems: list[ImportNote] = []
    header, rows = read_table(raw, filename, problems)
    layout = find_layout(header, filename) if header else None
    if layout is None or problems or layout.problems:
        return SiteImport(None, problems=(*problems, *(layout.problems if layout else ())))
    sites = tuple(_sites(rows, layout.kind, problems))
    if not rows:
        problems.append(ImportNote(filename, 1, None, "holds no row; a list of at least one place is expected"))
    if problems:
        return SiteImport(layout.kind, problems=tuple(problems))
    doubts = (doubt for site, row in zip(sites, rows, strict=True) for doubt in _doubts(site, row, boundary))
    return SiteImport(layout.kind, sites, warnings=(*layout.warnings, *doubts))


def _sites(rows: tuple[CsvRow, ...], kind: SiteKind, problems: list[ImportNote]) -> Iterator[Site]:
    seen: dict[str, int] = {}
    for row in rows:
        site, faults = _site(row, kind)
        if site.id in seen:
            faults.append(row.note(COMMON_ID, f"{site.id} stands already in row {seen[site.id]}; ids must differ"))
        seen.setdefault(site.id, row.number)
        problems += faults
        yield site


def _site(row: CsvRow, kind: SiteKind) -> tuple[Site, list[ImportNote]]:
    faults: list[ImportNote] = []
    common_id, is_welfare = _common_id(row, kind, faults)
    site = Site(
        id=common_id,
        kind=kind,
        facility=common_id[:_FACILITY_CHARACTERS],
        name=row.text(NAME, faults),
        address=row.text(ADDRESS, faults),
        latitude=row.number_in(LATITUDE, LATITUDES, faults),
        longitude=row.number_in(LONGITUDE, LONGITUDES, faults),
        hazards=_hazards(row, faults) if kind is SiteKind.EMERGENCY_SITE else (),
        welfare=is_welfare,
        accepts=row.get(ACCEPTS) or None,
        note="; ".join(filter(None, (row.get(OTHER), row.get(NOTE)))) or None,
    )
    return site, faults


def _common_id(row: CsvRow, kind: SiteKind, faults: list[ImportNote]) -> tuple[str, bool]:
    """The 共通ID, and whether its 13th character says 福祉避難所."""
    common_id = row.get(COMMON_ID)
    match = _ID_FORM.fullmatch(common_id)
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


def _doubts(site: Site, row: CsvRow, boundary: Geometry | None) -> Iterator[ImportNote]:
    """What a person should look at: a row of another city, a point outside the boundary."""
    named = re.match(r"\d{5}", PurePath(row.file).name)
    if named and not site.id.startswith(f"E{named[0]}"):
        yield row.note(COMMON_ID, f"{site.id} is of another municipality than the file's name says")
    if boundary and (metres := metres_outside(boundary, site.latitude, site.longitude)):
        yield row.note(None, f"{site.name} lies {metres:,.0f} m outside the city's boundary")
