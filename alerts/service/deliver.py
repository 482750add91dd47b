"""A due chunk becomes messages at the provider, every device with its outcome (design.md §2.6-2.7)."""

import logging
from datetime import timedelta

from alerts.ports import StopSendingError
from alerts.service.fan_out import prepare
from alerts.service.recorder import LEASE, Recorder
from alerts.service.services import Services
from alerts.store.chunk import Chunk

NUDGE_AGAIN_AFTER = timedelta(seconds=3)
SWEEP_LIMIT = 200
TRIES_BEFORE_ALARM = 5  # a chunk that so many workers began and none ended needs somebody to look (R27)

_log = logging.getLogger(__name__)


def deliver_chunk(services: Services, chunk_id: int, worker: str) -> str:
    """Claims a chunk, tells its devices and closes it. Returns `done`, `stopped`, or `not_ours`.

    Safe to call any number of times for the same chunk: claimed by compare-and-set, and a device whose outcome is
    final is not told again.
    """
    chunk = _claim(services, chunk_id, worker)
    if chunk is None:
        return "not_ours"
    try:
        _tell(services, chunk, worker)
    except StopSendingError as stopped:
        _log.warning("chunk %d: %s; whoever claims it next goes on", chunk.id, stopped)
        return "stopped"
    with services.database.write() as uow:
        closed = uow.chunks.close(chunk.id, worker, "done", services.clock.now())
        uow.alarms.clear(_alarm_key(chunk), services.clock.now())
    return "done" if closed else "stopped"


def sweep(services: Services) -> int:
    """Nudges again whatever is due and unclaimed, or claimed by somebody whose lease ended; returns how many."""
    now = services.clock.now()
    with services.database.write() as uow:
        due = uow.chunks.to_nudge(now, now - NUDGE_AGAIN_AFTER, SWEEP_LIMIT)
    for chunk_id in due:
        services.nudge.chunk_due(chunk_id)
    return len(due)


def _claim(services: Services, chunk_id: int, worker: str) -> Chunk | None:
    now = services.clock.now()
    with services.database.write() as uow:
        chunk = uow.chunks.claim(chunk_id, worker, now, LEASE)
        if chunk and chunk.attempts > TRIES_BEFORE_ALARM:
            text = f"chunk {chunk.id} of alert {chunk.alert_id} was begun {chunk.attempts} times and never ended"
            uow.alarms.raise_(_alarm_key(chunk), "stuck", text, now)
    return chunk


def _alarm_key(chunk: Chunk) -> str:
    return f"stuck:{chunk.id}"


def _tell(services: Services, chunk: Chunk, worker: str) -> None:
    """Hands the chunk's messages to the sender. Raises `StopSendingError` when this worker may not go on."""
    with services.database.write() as uow:
        fan_out = prepare(services, uow, chunk)
    recorder = Recorder(services, chunk, worker)
    if fan_out.failed:
        recorder.record(fan_out.failed)
    if fan_out.jobs:
        services.sender.send(fan_out.jobs, services.clock, recorder.record)
