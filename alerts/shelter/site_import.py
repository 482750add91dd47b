"""What a list of places holds, whatever its layout, and what every layout is looked at for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alerts.city.geojson_file import Geometry
from alerts.city.geometry import metres_outside
from alerts.shelter.csv_table import CsvRow, ImportNote
from alerts.shelter.site import Site, SiteKind


@dataclass(frozen=True, slots=True)
class SiteImport:
    """What a file holds. With `problems` there are no sites; `warnings` are for a person to look at first."""

    kind: SiteKind | None  # the list is the whole list of this kind
    sites: tuple[Site, ...] = ()
    problems: tuple[ImportNote, ...] = ()
    warnings: tuple[ImportNote, ...] = ()
    also_shelters: tuple[Site, ...] = ()  # rows that are designated shelters too; not the whole list of shelters
    is_of_city: bool = False  # a list with a city's own numbers; no list of 国土地理院 says anything of those places
    names_shelters: bool = False  # has the column that says which places are designated shelters too
    carries: frozenset[str] = frozenset()  # fields of `Site` that the layout has; the others stay as they are


def repeated_ids(sites: Sequence[Site], rows: Sequence[CsvRow], column: str) -> Iterator[ImportNote]:
    """Ids that stand in two rows."""
    seen: dict[str, int] = {}
    for site, row in zip(sites, rows, strict=True):
        if site.id in seen:
            yield row.note(column, f"{site.id} stands already in row {seen[site.id]}; ids must differ")
        seen.setdefault(site.id, row.number)


def outside_the_city(sites: Sequence[Site], rows: Sequence[CsvRow], boundary: Geometry | None) -> Iterator[ImportNote]:
    """Points outside the boundary. A shelter may lie there rightly, so a person decides."""
    for site, row in zip(sites, rows, strict=True) if boundary else ():
        if metres := metres_outside(boundary, site.latitude, site.longitude) if boundary else 0:
            yield row.note(None, f"{site.name} lies {metres:,.0f} m outside the city's boundary")
