"""JMA's dictionary as it lies on the disk: an Excel workbook, or CSV in whatever encoding an office saved it."""

import csv
import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

_LARGEST = 50_000_000  # bytes; 4,000 terms in 15 languages are about two million
_ENCODINGS = ("utf-8-sig", "cp932")
_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


class UnreadableDictionaryError(ValueError):
    """A file that is neither an Excel workbook nor CSV; the message says what to do."""


def sheets(file: Path) -> list[list[Sequence[str]]]:
    """Every sheet's rows as text; a CSV is one sheet. Raises `UnreadableDictionaryError`."""
    try:
        if file.stat().st_size > _LARGEST:
            raise UnreadableDictionaryError(f"{file} is larger than {_LARGEST // 1_000_000} MB: is it the dictionary?")
        raw = file.read_bytes()
    except OSError as error:
        raise UnreadableDictionaryError(f"{file}: {error.strerror}; name an .xlsx or .csv file that exists") from error
    return list(_workbook(file, raw)) if raw.startswith(b"PK") else [_csv(file, raw)]


def _workbook(file: Path, raw: bytes) -> Iterator[list[Sequence[str]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that Excel writes and we do not need
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            for sheet in book.worksheets:
                yield [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
            book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableDictionaryError(
            f"{file} is no Excel workbook: {error}; save it again as .xlsx or .csv"
        ) from error


def _csv(file: Path, raw: bytes) -> list[Sequence[str]]:
    encodings = ("utf-16",) if raw.startswith(_BYTE_ORDERS) else _ENCODINGS
    for encoding in encodings:
        try:
            return list(csv.reader(io.StringIO(raw.decode(encoding), newline="")))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise UnreadableDictionaryError(f"{file} is neither UTF-8, UTF-16 nor Shift_JIS; save it as CSV UTF-8 or .xlsx")
