"""What the turns of `bosai bench api` come to."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from bosai.bench.report import Report

READS = ("situation", "alerts", "shelters")
NOT_MODIFIED = "304"
_LEAST = 1e-4
Scores = dict[tuple[str, str], list[dict[str, Any]]]  # (server, read): its turns


def report(scores: Scores, registered: dict[str, Any], peak_rss_mb: float) -> Report:
    """Medians over the turns; each route beside its peers, by rate and by the server's CPU time."""
    servers = list(dict.fromkeys(server for server, _ in scores))
    rates = {server: _together([_median(scores, server, read, "per_second") for read in READS]) for server in servers}
    cpu = [_median(scores, "ours", read, "server_cpu_s_per_1000") for read in READS]
    return Report(
        metric="requests a second, situation, alerts and shelters in equal parts",
        ours=rates.pop("ours"),
        peers={f"{server} constant": rate for server, rate in rates.items()},
        cpu_s_per_1000=round(sum(cpu) / len(cpu), 4),
        peak_rss_mb=peak_rss_mb,
        details={
            "routes": {read: _route(scores, servers, read) for read in (*READS, NOT_MODIFIED)},
            "registrations": registered,
        },
    )


def _median(scores: Scores, server: str, read: str, figure: str) -> float:
    """Never nothing: the kernel counts CPU time in hundredths of a second."""
    return max(float(median(turn[figure] for turn in scores[server, read])), _LEAST)


def _together(rates: list[float]) -> float:
    """The rate of equal numbers of each: the harmonic mean."""
    return round(len(rates) / sum(1 / rate for rate in rates), 1)


def _route(scores: Scores, servers: list[str], read: str) -> dict[str, Any]:
    rates = {server: _median(scores, server, read, "per_second") for server in servers}
    cpu = {server: _median(scores, server, read, "server_cpu_s_per_1000") for server in servers}
    return {
        "per_second": rates,
        "ratio": _ratios(rates["ours"], rates),
        "server_cpu_s_per_1000": cpu,
        "ratio_by_cpu": _ratios(1 / cpu["ours"], {server: 1 / value for server, value in cpu.items()}),
        "p50_ms": _median(scores, "ours", read, "p50_ms"),
        "p99_ms": _median(scores, "ours", read, "p99_ms"),
        "load_busy": max(turn["load_busy"] for turn in scores["ours", read]),
    }


def _ratios(ours: float, all_of_them: Mapping[str, float]) -> dict[str, float]:
    return {name: round(ours / value, 3) for name, value in all_of_them.items() if name != "ours"}
