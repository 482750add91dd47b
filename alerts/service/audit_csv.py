"""The office's book as a table for a spreadsheet, in which no cell is a formula."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from alerts.audit import Entry, State
from alerts.times import JST

COLUMNS = ("number", "at", "world", "officer_id", "who", "action", "before", "after", "previous", "hash")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of the file, the first with a byte order mark: without it a spreadsheet guesses the encoding."""
    yield "\ufeff" + _line(COLUMNS)
    for entry in entries:
        at = entry.at.astimezone(JST).isoformat(timespec="microseconds")
        states = (_said(entry.before), _said(entry.after))
        cells = (str(entry.number), at, entry.world, entry.officer_id or "", entry.who, entry.action, *states)
        yield _line((*map(_harmless, cells), entry.previous, entry.hash))


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _said(state: State | None) -> str:
    return "" if state is None else json.dumps(state, ensure_ascii=False, sort_keys=True)


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe, which it shows as text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_BEGINS_A_FORMULA) else cell
