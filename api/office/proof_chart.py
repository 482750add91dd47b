"""The figures of the last days as a picture: p50 and p99 of the way from the arrival to the first push."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alerts.proof.figures import DayFigures
from alerts.proof.journey import Leg

WIDTH, HEIGHT = 640, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 8, 12, 34
_LINES = ((0.1, "0.1秒"), (1, "1秒"), (10, "10秒"), (60, "1分"), (600, "10分"), (3600, "1時間"))
_LEAST, _MOST = 0.05, 3600.0  # the scale is logarithmic: a third of a second and an hour are both to be seen


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the picture, and its length in words."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A day: where it stands, and how high its two figures are."""

    x: float
    label: str
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture; its table says the same in words."""

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    foot: int = HEIGHT - _BOTTOM


def chart(days: Iterable[DayFigures]) -> Chart:
    """Of days newest first; the newest stands at the right."""
    with_figures = [one for one in reversed(list(days)) if Leg.FIRST_SENT in one.legs]
    lines = tuple(Line(_height(seconds), label) for seconds, label in _LINES)
    return Chart(lines, tuple(_columns(with_figures)))


def _columns(days: list[DayFigures]) -> Iterator[Column]:
    step = (WIDTH - _LEFT - _RIGHT) / max(len(days), 1)
    for place, one in enumerate(days):
        found = one.legs[Leg.FIRST_SENT]
        x = round(_LEFT + (place + 0.5) * step, 1)
        yield Column(x, f"{one.day.month}/{one.day.day}", _height(found.p50), _height(found.p99))


def _height(seconds: float) -> float:
    within = min(max(seconds, _LEAST), _MOST)
    part = math.log(within / _LEAST) / math.log(_MOST / _LEAST)
    return round(HEIGHT - _BOTTOM - part * (HEIGHT - _TOP - _BOTTOM), 1)
