"""A table as it comes from an office: CSV in UTF-8 (with or without BOM), cp932 or UTF-16, columns found by name."""

import codecs
import csv
import io
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportNote:
    """A problem or a warning in an imported file, at a row as a spreadsheet numbers it, and perhaps a column."""

    file: str
    row: int
    column: str | None
    message: str

    def __str__(self) -> str:
        """`file: row 3, column 緯度: message`."""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}: row {self.row}{column}: {self.message}"


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row; cells by the `column_key` of their column."""

    file: str
    number: int  # the header of a CSV is row 1; in a GeoJSON the number of the feature
    cells: dict[str, str]

    def note(self, column: str | None, message: str) -> ImportNote:
        """A note about this row."""
        return ImportNote(self.file, self.number, column, message)

    def get(self, column: str) -> str:
        """A cell, empty where it or its column is missing."""
        return self.cells.get(column_key(column), "")

    def text(self, column: str, faults: list[ImportNote]) -> str:
        """A cell that must not be empty."""
        if not self.get(column):
            faults.append(self.note(column, "is empty; a text is expected"))
        return self.get(column)

    def number_in(self, column: str, limits: tuple[float, float], faults: list[ImportNote]) -> float:
        """A decimal number within limits."""
        try:
            value = float(self.get(column))
        except ValueError:
            value = math.nan
        if not limits[0] <= value <= limits[1]:
            found = self.get(column) or "nothing"
            faults.append(self.note(column, f"a number from {limits[0]:g} to {limits[1]:g} is expected; found {found}"))
        return value


@dataclass(frozen=True, slots=True)
class ImportTable:
    """The names of the columns and the rows; both empty where the bytes are no table."""

    file: str
    header: tuple[str, ...] = ()
    rows: tuple[CsvRow, ...] = ()

    def has(self, column: str) -> bool:
        """Whether there is such a column, in any of its spellings."""
        return column_key(column) in map(column_key, self.header)


def column_key(name: str) -> str:
    """The same for spellings of a column seen in the wild: full width, blanks, and 、 or ・ between words."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return plain.replace("、", "・").replace(",", "・")


def read_csv(raw: bytes, file: str, problems: list[ImportNote]) -> ImportTable:
    """Header and rows; an empty table, with the reason among the problems, where the bytes are no CSV."""
    text = _decoded(raw)
    if text is None:
        problems.append(ImportNote(file, 1, None, "is neither UTF-8, Shift_JIS (cp932) nor UTF-16 text"))
        return ImportTable(file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        records = [(number, cells) for number, cells in enumerate(reader, start=1) if any(map(str.strip, cells))]
    except csv.Error as error:
        problems.append(ImportNote(file, reader.line_num, None, f"is not CSV: {error}"))
        return ImportTable(file)
    if not records:
        problems.append(ImportNote(file, 1, None, "is empty; a header line with the names of the columns is expected"))
        return ImportTable(file)
    header = tuple(name.strip() for name in records[0][1])
    problems.extend(_twice(file, records[0][0], header))
    return ImportTable(
        file, header, tuple(_row(file, number, cells, header, problems) for number, cells in records[1:])
    )


def _twice(file: str, number: int, header: tuple[str, ...]) -> Iterator[ImportNote]:
    """Of two columns of one name, each row would say both."""
    counted = Counter(column_key(name) for name in header if name)
    for key, count in counted.items():
        if count > 1:
            yield ImportNote(file, number, key, f"stands {count} times in the header; take out all but one")


def _row(file: str, number: int, cells: list[str], header: tuple[str, ...], problems: list[ImportNote]) -> CsvRow:
    """A line below the table, such as the version of the file, may be shorter than the header: it says one thing."""
    stripped = [cell.strip() for cell in cells]
    if len(cells) != len(header) and sum(map(bool, stripped)) > 1:
        problems.append(ImportNote(file, number, None, f"has {len(cells)} cells, the header {len(header)}"))
    return CsvRow(file, number, dict(zip(map(column_key, header), stripped, strict=False)))


def _delimiter(text: str) -> str:
    """A tab where the header has tabs and no comma: what spreadsheets call Unicode text."""
    header = text.partition("\n")[0]
    return "\t" if "\t" in header and "," not in header else ","


def _decoded(raw: bytes) -> str | None:
    """The text; UTF-16 is known by its mark, cp932 is tried last because it accepts almost anything."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if raw.startswith(marks) else ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
