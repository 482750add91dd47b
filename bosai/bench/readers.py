"""The contenders of `bosai bench ingest`, turn by turn over the same telegrams in one process."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time_ns
from typing import Any

import psutil
from lxml import etree

from alerts.city.drills import load_drill
from alerts.city.pack import CityPack, bundled, load_pack
from alerts.explain import explain
from alerts.telegram.compose import compose_warning, file_name
from bosai.bench.usage import peak_rss_mb

_STORY_BEGINS = datetime(2026, 6, 1, tzinfo=UTC)  # any time: nothing is sent
_MS = 1_000_000  # nanoseconds


@dataclass(slots=True)
class _Telegram:
    """One telegram and the CPU milliseconds it took, a number for each round."""

    file: str
    raw: bytes
    outcome: str
    ours: list[float] = field(default_factory=list)
    parse: list[float] = field(default_factory=list)


def read_side_by_side(folder: str | None, rounds: int, seconds: float, *, compare: bool) -> dict[str, Any]:
    """Reads and decides each telegram, then parses its bytes with lxml alone; at most `rounds` or `seconds`."""
    pack = load_pack(bundled())
    telegrams = [
        _Telegram(file, raw, str(explain(raw, file, pack).reading.outcome))  # also warms everything up
        for file, raw in (_of_folder(Path(folder)) if folder else _of_drills(pack))
    ]
    gc.collect()
    gc.freeze()  # or the same telegram pays for all that was ever loaded, in every round
    end = process_time_ns() + seconds * 1e9
    for turn in range(rounds):
        for telegram in telegrams:
            telegram.ours.append(_milliseconds(telegram.raw, explain, telegram.raw, telegram.file, pack))
            if compare:
                telegram.parse.append(_milliseconds(telegram.raw, etree.fromstring, telegram.raw))
        if turn and process_time_ns() > end:
            break
    return _summary(telegrams) | {
        "rounds": len(telegrams[0].ours) if telegrams else 0,
        "peak_rss_mb": peak_rss_mb(psutil.Process()),
        "by_outcome": {
            outcome: _summary([t for t in telegrams if t.outcome == outcome])
            for outcome in sorted({t.outcome for t in telegrams})
        },
    }


def _of_folder(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*.xml"))]


def _of_drills(pack: CityPack) -> list[tuple[str, bytes]]:
    """Every telegram of the pack's drills, said to be actual: an exercise would be read, but nothing decided."""
    written = []
    for name in pack.drills:
        drill = load_drill(pack.root, name)
        for step in drill.steps:
            at = _STORY_BEGINS + step.after
            raw = compose_warning(step.type, drill.area, step.items(at), at, headline=step.headline)
            written.append((file_name(step.type, drill.area, at), raw))
    return written


def _milliseconds(raw: bytes, work: Callable[..., object], *given: object) -> float:
    """CPU time of one call, after the same bytes were parsed unwatched.

    Tidying up after the telegram before, which may have been a giant, is not this one's cost.
    """
    etree.fromstring(raw)
    began = process_time_ns()
    work(*given)
    return (process_time_ns() - began) / _MS


def _summary(telegrams: list[_Telegram]) -> dict[str, Any]:
    """Means over the telegrams of each one's median round, and the median telegram's own ratio."""
    ours = [median(t.ours) for t in telegrams]
    parse = [median(t.parse) for t in telegrams if t.parse]
    found: dict[str, Any] = {
        "telegrams": len(telegrams),
        "kilobytes": round(sum(len(t.raw) for t in telegrams) / 1000, 1),
        "ours_ms": _mean(ours),
    }
    if not parse:
        return found
    ratios = sorted(mine / bare for mine, bare in zip(ours, parse, strict=True))
    return found | {
        "parse_ms": _mean(parse),
        "ratio": round(sum(ours) / sum(parse), 3),
        "median_ratio": round(median(ratios), 3),
        "worst_ratio": round(ratios[-1], 3),
    }


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
