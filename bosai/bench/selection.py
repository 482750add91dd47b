"""Contender of `bosai bench scale`: selects everybody whom a revision tells, chunk by chunk, as a push worker does."""

import gc
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import psutil
from sqlalchemy import select

from alerts.service.fan_out import recipients
from alerts.service.services import Services
from alerts.store.chunk import Chunk
from alerts.store.engine import engine_for
from alerts.store.tables import chunks
from bosai.bench.usage import Meter, peak_rss_mb
from bosai.settings import load_settings
from bosai.wiring import Worlds


def select_all(alert_id: str, number: int) -> dict[str, Any]:
    """One pass over all chunks of a revision; nothing is marked and nothing sent.

    Memory is that of this process, before the first chunk and at its peak: it holds one chunk at a time.
    """
    worlds = Worlds(load_settings())
    services = worlds["drill"]
    due = list(_chunks(services, alert_id, number))
    _select(services, due[0])  # connections, statements and the rules of the city are there, as in a worker
    gc.freeze()
    before, longest, selected = peak_rss_mb(psutil.Process()), 0.0, 0
    with Meter() as meter:
        for chunk in due:
            began = perf_counter()
            selected += _select(services, chunk)
            longest = max(longest, perf_counter() - began)
    worlds.close()
    return {
        "selected": selected,
        "chunks": len(due),
        "seconds": round(meter.seconds, 3),
        "cpu_seconds": round(meter.cpu_seconds, 3),
        "longest_chunk_ms": round(longest * 1000, 1),
        "rss_before_mb": before,
        "peak_rss_mb": peak_rss_mb(psutil.Process()),
    }


def _select(services: Services, chunk: Chunk) -> int:
    with services.database.read() as uow:
        revision = uow.alerts.revision(chunk.alert_id, chunk.revision)
        return sum(1 for _ in recipients(services, uow, chunk, revision))


def _chunks(services: Services, alert_id: str, number: int) -> Iterator[Chunk]:
    engine = engine_for(services.database.safe_url)
    chosen = select(chunks.c.id).where(chunks.c.alert_id == alert_id, chunks.c.revision == number)
    with engine.connect() as connection:
        found = list(connection.scalars(chosen.order_by(chunks.c.priority, chunks.c.id)))
    engine.dispose()
    with services.database.read() as uow:
        yield from (chunk for chunk in map(uow.chunks.get, found) if chunk is not None)
