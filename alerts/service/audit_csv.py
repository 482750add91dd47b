"""The office's book as a table for a spreadsheet, in which no cell is a formula."""

import json
from collections.abc import Iterable, Iterator

from alerts.audit import Entry, State
from alerts.service.csv_cells import BYTE_ORDER_MARK, harmless, line
from alerts.times import JST

COLUMNS = ("number", "at", "world", "officer_id", "who", "action", "before", "after", "previous", "hash")


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of the file."""
    yield BYTE_ORDER_MARK + line(COLUMNS)
    for entry in entries:
        at = entry.at.astimezone(JST).isoformat(timespec="microseconds")
        states = (_said(entry.before), _said(entry.after))
        cells = (str(entry.number), at, entry.world, entry.officer_id or "", entry.who, entry.action, *states)
        yield line((*map(harmless, cells), entry.previous, entry.hash))


def _said(state: State | None) -> str:
    return "" if state is None else json.dumps(state, ensure_ascii=False, sort_keys=True)
