"""`bosai bench scale`: a city-wide alert for a million phones, and several workers that share one (design.md §5)."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from time import perf_counter
from typing import Any

from bosai.bench.contender import contend
from bosai.bench.landslide import LEVEL_4, Office
from bosai.bench.phones import fill
from bosai.bench.postgres import throwaway_postgres
from bosai.bench.report import Report
from bosai.bench.storm import full_stage
from bosai.bench.turn import Turn, take_turn
from bosai.replay.stage import Stage

DEVICES = 1_000_000
WORKERS = (1, 2, 4)
DATABASES = ("postgresql", "sqlite")
SIZES = (10_000, 30_000, 100_000, 300_000)  # of the growth curve, below the one that is asked for
TOLD = 30_000  # phones that are sent to, for each number of workers: the provider is on the same machine
_SERVER = ("shared_buffers=256MB", "max_wal_size=4GB")
_SELECT_SECONDS = 120.0


def bench_scale(devices: int, *, workers: Sequence[int] = WORKERS, database: str = DATABASES[0]) -> Report:
    """Seconds to chunk and to select a city-wide alert, at growing sizes. Raises `BenchError`, `NoPostgresError`."""
    sizes = [*(size for size in SIZES if size < devices), devices]
    told = max((size for size in sizes if size <= TOLD), default=devices)
    curve: list[dict[str, Any]] = []
    shared: dict[str, Turn] = {}
    with _city(database) as stage:
        office, have = Office(stage), 0
        for size in sizes:
            fill(stage.services, size, have=have)
            curve.append({"devices": size, **_grown(stage, office)})
            if size == told:
                shared = {str(count): _shared(stage, office, count, size) for count in workers}
            have = size
    return _report(database, curve, shared, told)


@contextmanager
def _city(database: str) -> Iterator[Stage]:
    """A stage without workers on a server of its own, or on a file."""
    with ExitStack() as stack:
        url = None
        if database == "postgresql":
            server = stack.enter_context(throwaway_postgres(*_SERVER))
            server.execute("CREATE DATABASE drill")
            url = server.url("drill")
        yield stack.enter_context(full_stage(0, workers=0, database_url=url))


def _grown(stage: Stage, office: Office) -> dict[str, Any]:
    """One warning decided and chunked, and selected by a process of its own."""
    began = perf_counter()
    revision = office.send(LEVEL_4)
    chunked = round(perf_counter() - began, 3)
    options = {"alert_id": revision.alert_id, "number": revision.number}
    found = contend("select", options, _SELECT_SECONDS, stage.settings.variables())
    office.take_back()
    return {"tiers": len(revision.tiers), "chunked_seconds": chunked, **found}


def _shared(stage: Stage, office: Office, count: int, devices: int) -> Turn:
    with stage.crew(count):
        turn = take_turn(stage, lambda: office.send(LEVEL_4), lambda _: devices)
    office.take_back()
    return turn


def _report(database: str, curve: list[dict[str, Any]], shared: dict[str, Turn], told: int) -> Report:
    largest = curve[-1]
    return Report(
        metric="seconds to chunk and select a city-wide alert, one process",
        ours=round(largest["chunked_seconds"] + largest["seconds"], 3),
        cpu_s_per_1000=round(largest["cpu_seconds"] / largest["selected"] * 1000, 5),
        peak_rss_mb=largest["peak_rss_mb"],
        details={
            "devices": largest["devices"],
            "database": database,
            "lost": sum(turn.wanted - turn.told for turn in shared.values()),
            "duplicates": sum(turn.duplicates for turn in shared.values()),
            "growth": curve,
            "shared_devices": told,
            "shared_by_workers": {count: asdict(turn) for count, turn in shared.items()},
        },
    )
