"""The median and the 99th percentile of each leg, by day in Japan."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alerts.proof.journey import Journey, Leg
from alerts.times import japan_day


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Of `count` journeys, by nearest rank: each is a length that really occurred. Seconds."""

    count: int
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day. A leg that nothing took is absent."""

    day: date
    pushed: int  # revisions that were pushed
    legs: Mapping[Leg, Quantiles]


def rank_of(part: float, count: int) -> int:
    """The place, from 0, of a quantile among `count` sorted values (nearest rank); `count` is not 0."""
    return max(math.ceil(part * count), 1) - 1


def quantiles(spans: Iterable[timedelta]) -> Quantiles | None:
    """Of these lengths; None of none."""
    seconds = sorted(span.total_seconds() for span in spans)
    if not seconds:
        return None
    return Quantiles(len(seconds), *(round(seconds[rank_of(part, len(seconds))], 3) for part in (0.5, 0.99)))


def by_day(journeys: Iterable[Journey]) -> list[DayFigures]:
    """The days on which something was pushed, newest first."""
    of_day: dict[date, list[Journey]] = defaultdict(list)
    for one in journeys:
        if one.pushed:
            of_day[japan_day(one.decided_at)].append(one)
    return [DayFigures(day, len(of_day[day]), legs_of(of_day[day])) for day in sorted(of_day, reverse=True)]


def legs_of(journeys: Sequence[Journey]) -> dict[Leg, Quantiles]:
    """Every leg that any of them took to its end."""
    found = {leg: quantiles(span for one in journeys if (span := one.span(leg)) is not None) for leg in Leg}
    return {leg: of_leg for leg, of_leg in found.items() if of_leg is not None}
