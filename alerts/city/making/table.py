"""Streams a table as offices publish it: UTF-8 or cp932, columns found by any of their names, one row at a time."""

import codecs
import csv
import io
import itertools
from collections.abc import Iterator
from typing import BinaryIO

from alerts.city.making.material import MaterialError
from alerts.shelter.csv_table import CsvRow, column_key

_SAMPLE = 65_536
Columns = dict[str, tuple[str, ...]]
"""What we call a column, and the names it has in the files we know."""


def stream_rows(file: BinaryIO, name: str, columns: Columns, needed: tuple[str, ...]) -> Iterator[CsvRow]:
    """The rows, their cells under our names. Raises `MaterialError` with the row where reading ends."""
    reader = None
    try:
        with as_text(file) as text:
            first = text.readline()
            delimiter = ";" if ";" in first and "," not in first else ","
            reader = csv.reader(itertools.chain([first], text), delimiter=delimiter, strict=True)
            header = [column_key(cell) for cell in next(reader, [])]
            places = _places(name, header, columns, needed)
            for cells in reader:
                if any(cells):
                    values = {ours: cells[at].strip() for ours, at in places.items() if at < len(cells)}
                    yield CsvRow(name, reader.line_num, values)
    except UnicodeDecodeError:
        raise MaterialError(name, None, "is neither UTF-8 nor Shift_JIS; save it as CSV UTF-8") from None
    except csv.Error as error:
        row = reader.line_num if reader else 1
        raise MaterialError(name, row, f"is not CSV: {error}; quotes must be closed, and doubled in a cell") from None


def _places(name: str, header: list[str], columns: Columns, needed: tuple[str, ...]) -> dict[str, int]:
    places = {
        ours: header.index(key)
        for ours, theirs in columns.items()
        for key in [next((key for key in map(column_key, theirs) if key in header), None)]
        if key is not None
    }
    missing = [" or ".join(columns[ours]) for ours in needed if ours not in places]
    if missing:
        raise MaterialError(name, 1, f"the header has no column {', '.join(missing)}; it has: {', '.join(header)}")
    return places


def as_text(file: BinaryIO) -> io.TextIOWrapper:
    """The file as text, UTF-8 or cp932 by its first bytes."""
    sample = file.read(_SAMPLE)
    file.seek(0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return io.TextIOWrapper(file, encoding="cp932", newline="")
    return io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
