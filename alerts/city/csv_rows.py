"""Reads a pack's CSV file: UTF-8, a header line with names, one record a line."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

from alerts.city.problems import Problems


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a CSV file, with readers that note a problem where a cell is missing or odd."""

    file: str
    line: int
    cells: dict[str, str]
    problems: Problems

    def problem(self, message: str) -> None:
        """Notes a problem in this row."""
        self.problems.add(self.file, self.line, message)

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not self.cells[column]:
            self.problem(f"column {column} is empty; a text is expected")
        return self.cells[column]

    def maybe(self, column: str) -> str | None:
        """A cell that may be empty."""
        return self.cells[column] or None

    def number(self, column: str, least: float, most: float) -> float:
        """A decimal number within limits."""
        try:
            value = float(self.cells[column])
        except ValueError:
            value = math.nan
        if least <= value <= most:
            return value
        self.problem(f"column {column} must be a number from {least:g} to {most:g}; found {self.cells[column]!r}")
        return least

    def choice(self, column: str, *allowed: str) -> str:
        """A cell that holds one of a few words."""
        if self.cells[column] in allowed:
            return self.cells[column]
        self.problem(f"column {column} must be one of {', '.join(allowed)}; found {self.cells[column]!r}")
        return allowed[0]


def read_rows(file: str, raw: bytes, problems: Problems, *columns: str) -> Iterator[Row]:
    """Every record of a CSV file that has exactly these columns, in any order."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(file, raw.count(b"\n", 0, error.start) + 1, "is not UTF-8 text; save the file as CSV UTF-8")
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not _header_fits(file, header, columns, problems):
            return
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(header):
                problems.add(file, reader.line_num, f"has {len(cells)} cells; {len(header)} are expected")
                continue
            values = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            yield Row(file, reader.line_num, values, problems)
    except csv.Error as error:
        problems.add(file, reader.line_num, f"is not CSV: {error}; quotes must be closed and doubled inside a cell")


def _header_fits(file: str, header: list[str], columns: tuple[str, ...], problems: Problems) -> bool:
    expected = f"the header must hold exactly: {','.join(columns)}"
    wrong = [f"column {name} is missing" for name in columns if name not in header]
    wrong += [f"column {name or '(without a name)'} is unknown" for name in header if name not in columns]
    wrong += [f"column {name} stands twice" for name in columns if header.count(name) > 1]
    for message in wrong:
        problems.add(file, 1, f"{message}; {expected}")
    return not wrong
