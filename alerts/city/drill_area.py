"""The forecast office's municipalities, so that a drill's telegram lists them all as JMA's do (jma.md §3.2)."""

from collections.abc import Iterator

from alerts.city.csv_rows import Row, read_rows
from alerts.city.pack_files import PackFiles
from alerts.telegram.composition import Municipality, OfficeArea, Place

AREAS_FILE = "drills/areas.csv"
_COLUMNS = ("level", "code", "name", "parent")
_LEVELS = ("office", "class10", "class15", "class20")


def read_area(files: PackFiles, observatory: str) -> OfficeArea | None:
    """The office of `drills/areas.csv`; None, with a problem noted, where the file is missing or has no office."""
    found = files.bytes_of(AREAS_FILE)
    if found is None:
        files.problems.add(AREAS_FILE, None, "is missing; it lists the municipalities of the forecast office")
        return None
    rows = list(read_rows(*found, files.problems, *_COLUMNS))
    places = {
        (row.choice("level", *_LEVELS), row.text("code")): Place(row.text("code"), row.text("name")) for row in rows
    }
    parents = {(row.cells["level"], row.cells["code"]): row.cells["parent"] for row in rows}
    offices = [place for (level, _), place in places.items() if level == "office"]
    if len(offices) != 1:
        files.problems.add(AREAS_FILE, None, f"must hold exactly one row of level office; found {len(offices)}")
        return None
    return OfficeArea(offices[0], observatory, tuple(_municipalities(rows, places, parents)))


def _municipalities(
    rows: list[Row], places: dict[tuple[str, str], Place], parents: dict[tuple[str, str], str]
) -> Iterator[Municipality]:
    for row in rows:
        if row.cells["level"] != "class20":
            continue
        class15 = places.get(("class15", row.cells["parent"]))
        class10 = places.get(("class10", parents.get(("class15", row.cells["parent"]), "")))
        if class15 is None or class10 is None:
            row.problem(f"parent {row.cells['parent']!r} must be a class15 row whose own parent is a class10 row")
            continue
        yield Municipality(Place(row.cells["code"], row.cells["name"]), class15, class10)


def codes_within(area: OfficeArea, code: str) -> tuple[str, ...]:
    """Codes of the municipalities of an area of any layer: one municipality, a class15, a class10 or the office."""
    return tuple(
        each.place.code
        for each in area.municipalities
        if code in (each.place.code, each.class15.code, each.class10.code, area.place.code)
    )
