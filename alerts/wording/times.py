"""Times as a phone shows them: Japan time, 24 hours, with the day; and the one time range a warning carries."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.times import JST
from alerts.wording.phrases import PhraseTable

_SENTENCE = re.compile(r"(\d+)日(\d+)時から(?:(\d+)日)?(\d+)時まで、警戒レベル(\d)(?:相当)?")
_MONTH = 32  # days; no period looks further ahead


def clock_time(table: PhraseTable, moment: datetime) -> str:
    """A moment as the language writes it."""
    local = moment.astimezone(JST)
    month = table.phrases.get(f"month.{local.month}")
    return table.first("time.format").text.format(
        month=month.text if month else local.month, day=local.day, hour=local.hour, minute=local.minute
    )


@dataclass(frozen=True, slots=True)
class Period:
    """When JMA expects a level: its sentence, like ２３日１時から５時まで、警戒レベル４相当, and what that means."""

    sentence: str
    start: datetime
    end: datetime
    level: int


def find_period(details: Sequence[str], level: int | None, issued_at: datetime) -> Period | None:
    """The period to quote: the one of the alert's own level, else the first; None if no sentence is understood.

    Sentences name days without month (CriteriaPeriod, jma.md §3.2): they are the ones next to `issued_at`.
    """
    periods = [period for sentence in details if (period := _read(sentence, issued_at)) is not None]
    own = (period for period in periods if period.level == level)
    return next(own, periods[0] if periods else None)


def _read(sentence: str, issued_at: datetime) -> Period | None:
    match = _SENTENCE.fullmatch(unicodedata.normalize("NFKC", sentence.strip()))
    if match is None:
        return None
    day, hour, end_day, end_hour, level = match.groups()
    start = _next(issued_at.astimezone(JST) - timedelta(days=1), int(day), int(hour))
    end = _next(start, int(end_day or day), int(end_hour)) if start else None
    return Period(sentence.strip(), start, end, int(level)) if start and end else None


def _next(after: datetime, day: int, hour: int) -> datetime | None:
    """That hour of that day of the month, the first on or after the date of `after`. 24 is the end of the day."""
    midnight = after.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (midnight + timedelta(days=ahead) for ahead in range(_MONTH))
    found = next((date for date in days if date.day == day), None)
    return found + timedelta(hours=hour) if found else None
