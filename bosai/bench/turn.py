"""One telegram delivered by a number of push workers, and what became of it at the provider and in the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from alerts.alert import Revision
from alerts.store.engine import engine_for
from alerts.store.tables import chunks
from bosai.bench.usage import WORKERS, cpu_seconds, family, peak_rss_mb
from bosai.clock import SystemClock
from bosai.replay.stage import Stage


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds are from the telegram received to the last message at the provider, by the provider's clock."""

    change: str
    wanted: int  # phones that must be told
    told: int
    duplicates: int
    seconds: float
    messages_per_second: float  # from the first to the last
    chunks_by_worker: list[int]  # the busiest first
    chunks_begun_twice: int
    cpu_s_per_1000: float  # of the workers
    workers_rss_mb: list[float]


def take_turn(stage: Stage, send: Callable[[], Revision], wanted: Callable[[Revision], int]) -> Turn:
    """Sends, and waits until nothing is due. `wanted` counts who must be told, before anybody is.

    Raises `ReplayStuckError` if a chunk stays open.
    """
    stage.fake.ask("POST", "/reset")
    before, seen_at = cpu_seconds(family(*WORKERS)), SystemClock().now()
    revision = send()
    expected = wanted(revision)
    stage.drain()
    processes = family(*WORKERS)  # anew: the process that sends begins with the first message
    used = cpu_seconds(processes) - before
    seen = stage.fake.stats()["revisions"].get(f"{revision.alert_id}#{revision.number}", _NOTHING)
    first, last = (datetime.fromisoformat(seen[at]) if seen[at] else seen_at for at in ("first_at", "last_at"))
    by_worker, twice = _chunks(stage, revision)
    return Turn(
        change=revision.change,
        wanted=expected,
        told=seen["devices"],
        duplicates=seen["duplicates"],
        seconds=round((last - seen_at).total_seconds(), 2),
        messages_per_second=round(seen["devices"] / max((last - first).total_seconds(), 0.001), 1),
        chunks_by_worker=by_worker,
        chunks_begun_twice=twice,
        cpu_s_per_1000=round(used / max(seen["devices"], 1) * 1000, 4),
        workers_rss_mb=[peak_rss_mb(process) for process in processes],
    )


_NOTHING = {"devices": 0, "duplicates": 0, "first_at": None, "last_at": None}


def _chunks(stage: Stage, revision: Revision) -> tuple[list[int], int]:
    """How many chunks each worker closed, and how many were begun more than once."""
    engine = engine_for(stage.services.database.safe_url)
    of_revision = chunks.c.alert_id == revision.alert_id, chunks.c.revision == revision.number
    counted = select(func.count()).where(*of_revision).group_by(chunks.c.claimed_by)
    again = select(func.count()).where(*of_revision, chunks.c.attempts > 1)
    with engine.connect() as connection:
        by_worker = sorted(connection.scalars(counted), reverse=True)
        twice = connection.execute(again).scalar_one()
    engine.dispose()
    return by_worker, twice
