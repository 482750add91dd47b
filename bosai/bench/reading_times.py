"""CPU milliseconds of reading, by telegram, and what they come to over many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

OURS, BARE, PUBLIC = "ours", "parse", "public"


@dataclass(frozen=True, slots=True)
class ReadTelegram:
    """One telegram and what each reader took for it, a number for each round.

    `both` says that the public reader takes something out of it as well.
    """

    file: str
    raw: bytes
    type: str
    outcome: str
    both: bool
    times: dict[str, list[float]] = field(default_factory=dict)

    def took(self, reader: str) -> float:
        """The median round of a reader."""
        return median(self.times[reader])


def summary(telegrams: Sequence[ReadTelegram], beside: str | None = None) -> dict[str, Any]:
    """Means over the telegrams, the ratio to the reader `beside` in all, of the median telegram and of the worst."""
    found: dict[str, Any] = {
        "telegrams": len(telegrams),
        "kilobytes": round(sum(len(each.raw) for each in telegrams) / 1000, 1),
        "ours_ms": _mean([each.took(OURS) for each in telegrams]),
    }
    if not beside or not telegrams:
        return found
    ratios = sorted(each.took(OURS) / each.took(beside) for each in telegrams)
    return found | {
        f"{beside}_ms": _mean([each.took(beside) for each in telegrams]),
        "ratio": ratio(telegrams, beside),
        "median_ratio": round(median(ratios), 3),
        "worst_ratio": round(ratios[-1], 3),
    }


def by(telegrams: Sequence[ReadTelegram], key: Callable[[ReadTelegram], str]) -> dict[str, list[ReadTelegram]]:
    """The telegrams in groups, in the order of the keys."""
    return {name: [each for each in telegrams if key(each) == name] for name in sorted({*map(key, telegrams)})}


def ratio(telegrams: Sequence[ReadTelegram], beside: str) -> float:
    """All our time to all the time of the reader `beside`."""
    return round(sum(each.took(OURS) for each in telegrams) / sum(each.took(beside) for each in telegrams), 3)


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
