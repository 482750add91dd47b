"""What a person should look at in a list that is read by a column map: its columns, and rows that look wrong."""

from collections.abc import Iterator, Sequence

from alerts.shelter.column_map import ColumnMap, Spellings
from alerts.shelter.csv_table import CsvRow, ImportNote, ImportTable, column_key
from alerts.shelter.site import Site

_NEEDED = ("name", "address", "latitude", "longitude")


def present(table: ImportTable, spellings: Spellings) -> tuple[str, ...]:
    """The spelling that the table has; the first where it has none."""
    return next((spelling for spelling in spellings if any(map(table.has, spelling))), spellings[0])


def has_any(table: ImportTable, spellings: Spellings) -> bool:
    """Whether the table has one of the columns."""
    return any(table.has(column) for spelling in spellings for column in spelling)


def missing_columns(table: ImportTable, map_: ColumnMap) -> Iterator[ImportNote]:
    """Columns without which there is no place."""
    for name in _NEEDED:
        if not has_any(table, map_.columns[name]):
            message = f"is missing; the layout {map_.title} has it, and no place can be shown without"
            yield ImportNote(table.file, 1, "+".join(map_.columns[name][0]), message)


def odd_columns(table: ImportTable, map_: ColumnMap) -> Iterator[ImportNote]:
    """A missing hazard is not designated, whatever the city meant; a strange column is not read."""
    for hazard, columns in map_.hazards.items():
        for column in columns:
            if not table.has(column):
                yield ImportNote(table.file, 1, column, f"is missing; no place is taken as designated for {hazard}")
    if map_.shelter is not None and not table.has(map_.shelter):
        yield ImportNote(table.file, 1, map_.shelter, "is missing; the designated shelters stay as they are")
    known = set(map(column_key, map_.known))
    for name in table.header:
        if column_key(name) not in known:
            yield ImportNote(table.file, 1, name, f"is no column of the layout {map_.title} and is not read")


def odd_rows(
    map_: ColumnMap, city_code: str, rows: Sequence[CsvRow], both: Sequence[tuple[Site, bool]]
) -> Iterator[ImportNote]:
    """Rows of another municipality, and places that are designated for nothing."""
    column = map_.municipality
    for row, (site, is_shelter) in zip(rows, both, strict=True):
        code = row.get(column) if column else ""
        if column and code and not _is_code_of(code, city_code):
            yield row.note(column, f"{code} is another municipality than {city_code}")
        if not site.hazards and not is_shelter:
            yield row.note(None, f"{site.name} is designated for no hazard: nobody will be sent there")


def _is_code_of(written: str, code: str) -> bool:
    """Five digits or six, with or without the zero that spreadsheets take from the front."""
    return written.zfill(5) == code or written.zfill(6)[:5] == code
