"""The steps from the officer's files to what the pack holds: the later ones lean on the earlier."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alerts.city.address_book import AddressBook
from alerts.city.codes import CityCodes
from alerts.city.district import District
from alerts.city.making import jma_codes, schools
from alerts.city.making.cells import origin_of, with_cells
from alerts.city.making.material import MaterialError, Origin, Outline, Schools, Town
from alerts.city.making.order import Order, Reader
from alerts.city.making.outline import as_geojson, find_outline
from alerts.city.making.postal import with_postal_codes
from alerts.city.making.table import Columns, stream_rows
from alerts.city.making.towns import TOWN_COLUMNS, TOWN_NEEDED, towns_of_areas, towns_of_points
from alerts.shelter.csv_table import CsvRow
from alerts.shelter.gsi import read_gsi
from alerts.shelter.site import Site

_TABLE = ".csv"


@dataclass(frozen=True, slots=True)
class Listed:
    """The towns with a shape each, where they come from, and where the shapes do."""

    towns: tuple[Town, ...]
    origin: Origin
    shapes: Origin
    provenance: str
    notes: tuple[str, ...]


def read_outline(order: Order, reader: Reader) -> Outline:
    """The city's area."""
    return find_outline(reader.features(order.boundary), str(order.boundary), order.prefecture, order.name)


def read_codes(order: Order, reader: Reader, outline: Outline) -> CityCodes:
    """All codes of `city.toml`, found by name."""
    with reader.open(order.jma_areas) as file:
        area = jma_codes.find_area(file.read(), str(order.jma_areas), order.jma_area, min(outline.codes))
    municipality = area.codes["municipality"]
    quake = _rows(reader, order.quake_areas, jma_codes.QUAKE_COLUMNS)
    tsunami = _rows(reader, order.tsunami_areas, jma_codes.TSUNAMI_COLUMNS)
    rivers = _rows(reader, order.rivers, jma_codes.RIVER_COLUMNS) if order.rivers else ()
    return CityCodes(
        name=order.name,
        name_en=area.name_en,
        prefecture=order.prefecture,
        code=municipality[:5],
        quake_region=jma_codes.quake_region(quake, str(order.quake_areas), municipality),
        tsunami_region=jma_codes.tsunami_region(tsunami, str(order.tsunami_areas), order.tsunami_region),
        rivers=jma_codes.river_areas(rivers, order.name),
        names={},
        switched_on=(),
        **area.codes,
    )


def read_towns(order: Order, reader: Reader, outline: Outline, code: str) -> Listed:
    """The towns with their own areas or, labelled derived, with the cells of their points."""
    file = str(order.towns)
    if order.towns.suffix.lower() != _TABLE:
        found = towns_of_areas(reader.features(order.towns), file, outline.codes, code)
        return Listed(_posted(order, reader, outline, found.towns), found.origin, found.origin, "official", found.notes)
    found = towns_of_points(_rows(reader, order.towns, TOWN_COLUMNS, TOWN_NEEDED), file, outline.codes, code)
    celled = with_cells(found.towns, outline, file)
    return Listed(
        _posted(order, reader, outline, celled), found.origin, origin_of(found.origin), "derived", found.notes
    )


def _posted(order: Order, reader: Reader, outline: Outline, towns: tuple[Town, ...]) -> tuple[Town, ...]:
    if order.postal is None:
        return towns
    with reader.open(order.postal) as file:
        return with_postal_codes(towns, file, str(order.postal), outline.codes)


def read_schools(
    path: Path, level: str, reader: Reader, outline: Outline, *, codes: CityCodes, towns: tuple[Town, ...]
) -> Schools:
    """The school districts of one level."""
    if path.suffix.lower() != _TABLE:
        return schools.schools_of_areas(reader.features(path), str(path), outline.codes, towns)
    book = AddressBook(codes, map(district_of, towns))
    rows = _rows(reader, path, schools.SCHOOL_COLUMNS, schools.SCHOOL_NEEDED)
    return schools.schools_of_list(rows, str(path), level, book, city=codes.name, towns=towns)


def read_sites(order: Order, reader: Reader, outline: Outline) -> tuple[tuple[Site, ...], tuple[str, ...]]:
    """Emergency sites and shelters, and what a person should look at."""
    sites: list[Site] = []
    notes: list[str] = []
    for path in order.sites:
        with reader.open(path) as file:
            found = read_gsi(file.read(), path.name, as_geojson(outline.shape))
        if found.kind is None or found.problems:
            problems = "; ".join(map(str, found.problems)) or "is in neither layout of 国土地理院"
            raise MaterialError(str(path), None, problems)
        sites += found.sites
        notes += map(str, found.warnings)
    return tuple(sites), tuple(notes)


def district_of(town: Town) -> District:
    """The town as the pack holds it."""
    return District(town.id, town.name, town.kana, town.name_en, town.postal_code, town.latitude, town.longitude)


def _rows(reader: Reader, path: Path, columns: Columns, needed: tuple[str, ...] | None = None) -> Iterator[CsvRow]:
    with reader.open(path) as file:
        yield from stream_rows(file, str(path), columns, tuple(columns) if needed is None else needed)
