"""A due chunk becomes messages at the provider, every device with its outcome (design.md §2.6-2.7)."""

import logging
from datetime import timedelta

from alerts.ports import StopSendingError
from alerts.service.fan_out import prepare
from alerts.service.finish import alarm_keys, finish
from alerts.service.recorder import LEASE, Recorder
from alerts.service.services import Services
from alerts.store.chunk import Chunk
from alerts.store.states import ChunkState

NUDGE_AGAIN_AFTER = timedelta(seconds=3)
SWEEP_LIMIT = 200
CANDIDATES = 20  # more than workers that can take the first ones away in between
TRIES_BEFORE_ALARM = 5  # a chunk that so many workers began and none ended needs somebody to look (R27)
GIVE_UP_AFTER = timedelta(minutes=5)  # past the deadline: the sender has reported who expired, if it can at all

_log = logging.getLogger(__name__)


def deliver_chunk(services: Services, chunk_id: int, worker: str) -> str:
    """Claims a chunk, tells its devices and closes it. Returns `done`, `again`, `stopped`, or `not_ours`.

    Safe to call any number of times for the same chunk: claimed by compare-and-set, and a device whose outcome is
    final is not told again.
    """
    chunk = _claim(services, chunk_id, worker)
    if chunk is None:
        return "not_ours"
    try:
        tell(services, chunk, worker)
    except StopSendingError as stopped:
        _log.warning("chunk %d: %s; whoever claims it next goes on", chunk.id, stopped)
        return "stopped"
    return finish(services, chunk, worker)


def deliver_next(services: Services, worker: str) -> str | None:
    """Delivers what is to be told first of all that is due; None if there is nothing to claim.

    Whatever nudged: a level 5 never stands behind advisories that were nudged before it.
    """
    with services.database.read() as uow:
        due = uow.chunks.due(services.clock.now(), CANDIDATES)
    for chunk_id in due:
        result = deliver_chunk(services, chunk_id, worker)
        if result != "not_ours":
            return result
    return None


def sweep(services: Services) -> int:
    """Nudges again whatever is due and unclaimed, or claimed by somebody whose lease ended; returns how many."""
    now = services.clock.now()
    with services.database.write() as uow:
        due = uow.chunks.to_nudge(now, now - NUDGE_AGAIN_AFTER, SWEEP_LIMIT)
    for chunk_id in due:
        services.nudge.chunk_due(chunk_id)
    return len(due)


def _claim(services: Services, chunk_id: int, worker: str) -> Chunk | None:
    """Takes the chunk. One that nobody can end is alarmed, and given up once its push is too late (R27)."""
    now = services.clock.now()
    with services.database.write() as uow:
        chunk = uow.chunks.claim(chunk_id, worker, now, LEASE)
        if chunk is None or chunk.attempts <= TRIES_BEFORE_ALARM:
            return chunk
        if not uow.deliveries.unfinished(chunk):
            text = f"chunk {chunk.id} of alert {chunk.alert_id} was begun {chunk.attempts} times and never ended"
            uow.alarms.raise_(alarm_keys(chunk)[0], "stuck", text, now)
        if now < uow.alerts.revision(chunk.alert_id, chunk.revision).expires_at + GIVE_UP_AFTER:
            return chunk
        uow.chunks.close(chunk.id, worker, ChunkState.EXPIRED, now)
    return None


def tell(services: Services, chunk: Chunk, worker: str) -> None:
    """Hands the chunk's messages to the sender. Raises `StopSendingError` when this worker may not go on."""
    prepared_at = services.clock.now()
    with services.database.write() as uow:
        fan_out = prepare(services, uow, chunk)
        if not uow.chunks.renew(chunk.id, worker, services.clock.now(), LEASE):
            raise StopSendingError("the lease ended while the chunk was prepared")
    recorder = Recorder(services, chunk, worker, prepared_at)
    if fan_out.failed:
        recorder.record(fan_out.failed)
    if fan_out.jobs:
        services.sender.send(fan_out.jobs, services.clock, recorder.record)
