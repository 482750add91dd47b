"""`bosai bench ingest`: reading a telegram and deciding, against a bare lxml parse of the same bytes (design.md §6)."""

from pathlib import Path

from bosai.bench.contender import BenchError, contend
from bosai.bench.public_reader import NAME
from bosai.bench.report import Report

ROUNDS = 25
_ROUND_SECONDS = 20.0
_SECONDS = 600.0  # of the clock: a busy machine gives little CPU time


def bench_ingest(folder: Path | None, *, compare: bool) -> Report:
    """CPU milliseconds a telegram, over the drills of the bundled pack or the telegrams of a folder.

    The public reader is shown where it is installed, over the telegrams that both read.

    Raises `BenchError`, also for a folder without telegrams.
    """
    given = str(folder.absolute()) if folder else None
    options = {"folder": given, "rounds": ROUNDS, "seconds": _ROUND_SECONDS, "compare": compare}
    found = contend("readers", options, _SECONDS)
    if not found["telegrams"]:
        raise BenchError(f"{folder or 'the bundled city pack'} holds no telegram (*.xml) to read; name another folder")
    both = found.get("both_read", {})
    bare = {"lxml.etree.fromstring": found["parse_ms"]} if compare else {}
    return Report(
        metric="CPU milliseconds a telegram",
        ours=found["ours_ms"],
        peers=bare | ({NAME: both["public_ms"]} if both else {}),
        ours_beside={NAME: both["ours_ms"]} if both else {},
        cpu_s_per_1000=found["ours_ms"],  # milliseconds each are seconds a thousand
        peak_rss_mb=found["peak_rss_mb"],
        details={"source": folder.name if folder else "drills of the city pack", **found},
    )
