"""The ways of revisions as a table for a spreadsheet, in which no cell is a formula."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from alerts.ports import PushResult
from alerts.proof.journey import Journey, Leg
from alerts.service.csv_cells import BYTE_ORDER_MARK, harmless, line
from alerts.times import JST

_SAID = ("alert_id", "revision", "source", "hazard", "name", "change", "urgency", "pushed", "telegram_id")
_TIMES = ("published_at", "seen_at", "decided_at")
_SUMMED = ("first_sent_at", "last_sent_at", "first_received_at", "median_received_at", "p99_received_at")
COLUMNS = (*_SAID, *_TIMES, *_SUMMED, "received", *PushResult, *(f"{leg}_seconds" for leg in Leg))


def lines(journeys: Iterable[Journey]) -> Iterator[str]:
    """The lines of the file."""
    yield BYTE_ORDER_MARK + line(COLUMNS)
    for one in journeys:
        yield line(map(harmless, _cells(one)))


def _cells(one: Journey) -> Iterator[str]:
    yield from (str(value) if (value := getattr(one, name)) is not None else "" for name in _SAID)
    yield from (_at(getattr(one, name)) for name in _TIMES)
    yield from (_at(getattr(one.sums, name)) if one.sums else "" for name in _SUMMED)
    yield str(one.sums.received) if one.sums else ""
    yield from (str(one.sums.results.get(result, 0)) if one.sums else "" for result in PushResult)
    yield from (_seconds(one.span(leg)) for leg in Leg)


def _at(time: datetime | None) -> str:
    return time.astimezone(JST).isoformat(timespec="milliseconds") if time else ""


def _seconds(span: timedelta | None) -> str:
    return "" if span is None else f"{span.total_seconds():.3f}"
