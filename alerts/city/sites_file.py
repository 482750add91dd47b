"""Reads `sites.csv`: the pack's own list of emergency sites and shelters (city.md §2)."""

from alerts.city.csv_rows import Row, read_rows
from alerts.city.japan import LATITUDES, LONGITUDES
from alerts.city.pack_files import PackFiles
from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind

SITE_COLUMNS = (
    "id",
    "kind",
    "facility",
    "name",
    "address",
    "latitude",
    "longitude",
    "hazards",
    "welfare",
    "accepts",
    "note",
)


def read_sites(files: PackFiles) -> tuple[Site, ...]:
    """The sites in the file's order; none where the city has no such file."""
    found = files.bytes_of("sites.csv")
    sites: dict[str, Site] = {}
    for row in read_rows(*found, files.problems, *SITE_COLUMNS) if found else ():
        site = _site(row)
        if site.id in sites:
            row.problem(f"site {site.id} stands here a second time; ids must differ")
        sites[site.id] = site
    return tuple(sites.values())


def _site(row: Row) -> Site:
    kind = SiteKind(row.choice("kind", *SiteKind))
    hazards = tuple(filter(None, row.cells["hazards"].split(";")))
    for hazard in hazards:
        if hazard not in SITE_HAZARDS:
            row.problem(f"hazard {hazard!r} is unknown; expected {';'.join(SITE_HAZARDS)}")
    if kind is SiteKind.SHELTER and hazards:
        row.problem("a shelter is not designated per hazard; leave hazards empty")
    return Site(
        id=row.text("id"),
        kind=kind,
        facility=row.text("facility"),
        name=row.text("name"),
        address=row.text("address"),
        latitude=row.number("latitude", *LATITUDES),
        longitude=row.number("longitude", *LONGITUDES),
        hazards=hazards,
        welfare=row.choice("welfare", "yes", "no") == "yes",
        accepts=row.maybe("accepts"),
        note=row.maybe("note"),
    )
