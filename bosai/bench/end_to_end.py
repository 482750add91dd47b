"""`bosai bench end-to-end`: from a telegram seen to its first and last message at the provider (design.md §6)."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

import psutil

from bosai.bench.ceiling import MESSAGES, measure_ceiling
from bosai.bench.contender import BenchError
from bosai.bench.push import FAULTS, LATENCY_MS
from bosai.bench.report import Report
from bosai.bench.storm import Told, full_stage, storm
from bosai.bench.usage import WORKERS, cpu_seconds, family, peak_rss_mb

DEVICES = 10_000
TELEGRAMS = 44  # twice the long storm of the bundled pack
SECONDS = 150.0  # no telegram begins after
BESIDE = {"fake_fcm": ("workers.fcm.fake",), "broker": ("valkey",)}


@dataclass(frozen=True, slots=True)
class _Workers:
    """What the push worker and its pool process cost."""

    cpu_seconds: float
    peaks_mb: list[float]
    beside: dict[str, float]  # CPU seconds of the others


def bench_end_to_end(devices: int, *, telegrams: int = TELEGRAMS, seconds: float = SECONDS) -> Report:
    """Plays a storm with all its pushes. The first telegram, to a worker that was never used, is told apart.

    Raises `BenchError` if nothing was pushed, `ReplayStuckError` if a chunk stays open.
    """
    ceiling = measure_ceiling(min(MESSAGES, 10 * devices))
    with full_stage(devices) as stage:
        before = {name: cpu_seconds(processes) for name, processes in _families().items()}
        told = list(storm(stage, telegrams, seconds))
        families = _families()  # anew: a sender's process begins with the first telegram
        used = {name: round(cpu_seconds(families[name]) - before[name], 2) for name in families}
        workers = _Workers(used.pop("workers"), [peak_rss_mb(process) for process in families["workers"]], used)
    if len(told) < 2:  # noqa: PLR2004 - one cold, one to measure
        raise BenchError("fewer than two telegrams of the drill were pushed; give it more time or fewer --devices")
    return _report(devices, told, workers, ceiling)


def _families() -> dict[str, list[psutil.Process]]:
    return {name: family(*parts) for name, parts in {"workers": WORKERS, **BESIDE}.items()}


def _report(devices: int, told: list[Told], workers: _Workers, ceiling: dict[str, Any]) -> Report:
    cold, *warm = told
    messages = sum(one.messages for one in told)
    first = _spread([one.first_ms for one in warm])
    return Report(
        metric="ms from a telegram seen to its first message at FCM, p50",
        ours=first["p50"],
        cpu_s_per_1000=round(workers.cpu_seconds / messages * 1000, 4),
        peak_rss_mb=max(workers.peaks_mb),
        server_ceiling=ceiling["per_second"],
        rate=max(_rate(one) for one in warm),
        details={
            "devices": devices,
            "telegrams_pushed": len(told),
            "messages": messages,
            "lost": sum(one.revisions for one in told) * devices - messages,  # every phone of the bench wants all
            "duplicates": sum(one.duplicates for one in told),
            "seen_to_first_ms": first,
            "seen_to_first_ms_cold": cold.first_ms,
            "by_urgency_and_revisions": {
                f"{urgency} {number}": {
                    "seen_to_last_ms": _spread([one.last_ms for one in alike]),
                    "messages_per_second": _spread([_rate(one) for one in alike]),
                }
                for (urgency, number), alike in _alike(warm).items()
            },
            "workers_cpu_s": workers.cpu_seconds,
            "beside_cpu_s": workers.beside,
            "workers_rss_mb": workers.peaks_mb,
            "receiver_rss_mb": peak_rss_mb(psutil.Process()),
            "server": ceiling,
            "latency_ms": list(LATENCY_MS),
            "faults": FAULTS,
        },
    )


def _alike(told: list[Told]) -> dict[tuple[str, int], list[Told]]:
    """Telegrams by what decides how fast they may be told: what is `normal` starts slowly (push.md §7.5)."""
    found: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for one in told:
        found[one.urgency, one.revisions].append(one)
    return found


def _rate(told: Told) -> float:
    """Messages a second from the first to the last."""
    return round(told.messages / max(told.last_ms - told.first_ms, 1.0) * 1000, 1)


def _spread(values: list[float]) -> dict[str, float]:
    """Median, 99th percentile and the ends; of a hundred values or fewer the 99th percentile is their largest."""
    p99 = quantiles(values, n=100, method="inclusive")[98] if len(values) > 100 else max(values)  # noqa: PLR2004
    middle = quantiles(values, n=2, method="inclusive")[0] if len(values) > 1 else values[0]
    return {
        "telegrams": len(values),
        "min": min(values),
        "p50": round(middle, 1),
        "p99": round(p99, 1),
        "max": max(values),
    }
