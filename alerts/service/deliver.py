"""A due chunk becomes messages at the provider, every device with its outcome (design.md §2.6-2.7)."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from alerts.alert import Revision
from alerts.audience import Recipient, judge
from alerts.ports import Platform, PushJob, PushOutcome, PushResult, PushTarget, StopSendingError
from alerts.service.services import Services
from alerts.store.chunks import Chunk
from alerts.store.devices import DeviceRow
from alerts.store.unit_of_work import UnitOfWork
from alerts.wording.message import PhoneMessage

LEASE = timedelta(seconds=2)  # a sender that cannot renew it stops, and another goes on (design.md §2.7)
RENEW_AFTER = timedelta(milliseconds=500)
NUDGE_AGAIN_AFTER = timedelta(seconds=3)
SWEEP_LIMIT = 200

_log = logging.getLogger(__name__)


def deliver_chunk(services: Services, chunk_id: int, worker: str) -> str:
    """Claims a chunk, tells its devices and closes it. Returns `done`, `stopped`, or `not_ours`.

    Safe to call any number of times for the same chunk: claimed by compare-and-set, and a device whose outcome is
    final is not told again.
    """
    with services.database.write() as uow:
        chunk = uow.chunks.claim(chunk_id, worker, services.clock.now(), LEASE)
    if chunk is None:
        return "not_ours"
    try:
        with services.database.write() as uow:
            jobs = _prepare(services, uow, chunk)
        if jobs:
            services.sender.send(jobs, services.clock, _Recorder(services, chunk, worker).record)
    except StopSendingError as stopped:
        _log.warning("chunk %s: %s; whoever claims it next goes on", chunk.id, stopped)
        return "stopped"
    with services.database.write() as uow:
        closed = uow.chunks.close(chunk.id, worker, "done", services.clock.now())
    return "done" if closed else "stopped"


def sweep(services: Services) -> int:
    """Nudges again whatever is due and unclaimed, or claimed by somebody whose lease ended; returns how many."""
    now = services.clock.now()
    with services.database.write() as uow:
        due = uow.chunks.to_nudge(now, now - NUDGE_AGAIN_AFTER, SWEEP_LIMIT)
    for chunk_id in due:
        services.nudge.chunk_due(chunk_id)
    return len(due)


class _Recorder:
    """Writes outcomes as they come, and keeps the lease in the same transaction."""

    def __init__(self, services: Services, chunk: Chunk, worker: str) -> None:
        self._services = services
        self._chunk = chunk
        self._worker = worker
        self._renewed_at = services.clock.now()

    def record(self, outcomes: Sequence[PushOutcome]) -> None:
        """Raises `StopSendingError` if the lease is gone or the outcomes cannot be written."""
        now = self._services.clock.now()
        if not outcomes and now - self._renewed_at < RENEW_AFTER:
            return
        gone = [outcome.device for outcome in outcomes if outcome.result is PushResult.UNREGISTERED]
        try:
            with self._services.database.write() as uow:
                if outcomes:
                    uow.deliveries.record(self._chunk.alert_id, self._chunk.revision, outcomes, now)
                if gone:
                    uow.devices.mark_unreachable(gone)
                kept = uow.chunks.renew(self._chunk.id, self._worker, now, LEASE)
        except Exception as error:
            raise StopSendingError(f"outcomes cannot be recorded: {error}") from error
        if not kept:
            raise StopSendingError("the lease ended and another worker has the chunk")
        self._renewed_at = now


def _prepare(services: Services, uow: UnitOfWork, chunk: Chunk) -> list[PushJob]:
    """Selects the chunk's devices, marks them `sending` and returns what to send them."""
    revision = uow.alerts.revision(chunk.alert_id, chunk.revision)
    recipients = _recipients(uow, chunk, revision)
    by_text: dict[tuple[str, Platform], list[DeviceRow]] = defaultdict(list)
    for device in recipients:
        by_text[device.language, device.platform].append(device)
    messages = _Texts(services, uow, revision, chunk.tier)
    jobs: list[PushJob] = []
    told: dict[int, int] = {}
    for (language, platform), devices in by_text.items():
        message, message_id = messages.of(language)
        targets = [PushTarget(d.number, services.cipher.decrypt(d.address_kind, d.address_cipher)) for d in devices]
        jobs.append(PushJob(message, platform, targets))
        told.update(dict.fromkeys((d.number for d in devices), message_id))
    uow.deliveries.start(chunk, told, services.sender.channel, services.clock.now())
    return jobs


def _recipients(uow: UnitOfWork, chunk: Chunk, revision: Revision) -> list[DeviceRow]:
    """Devices of the chunk's range and tier that are to be told and have no final outcome yet (R15)."""
    devices = uow.devices.in_range(chunk.device_from, chunk.device_to)
    earlier = uow.deliveries.receivers(chunk.alert_id, chunk.revision, chunk.device_from, chunk.device_to)
    results = uow.deliveries.results(chunk.alert_id, chunk.revision, chunk.device_from, chunk.device_to)
    open_to = [d for d in devices if results.get(d.number, PushResult.SENDING) is PushResult.SENDING]
    return [device for device in open_to if _is_told(device, revision, chunk.tier, device.number in earlier)]


def _is_told(device: DeviceRow, revision: Revision, tier: int, told_before: bool) -> bool:
    recipient = Recipient(device.number, device.districts, device.normal_pushes, told_before)
    verdict = judge(recipient, revision)
    return verdict.receives and verdict.tier == tier


class _Texts:
    """The revision rendered once a language, each kept in the outbox."""

    def __init__(self, services: Services, uow: UnitOfWork, revision: Revision, tier: int) -> None:
        self._services = services
        self._uow = uow
        self._revision = revision
        self._tier = tier
        self._rendered: dict[str, tuple[PhoneMessage, int]] = {}

    def of(self, language: str) -> tuple[PhoneMessage, int]:
        """The message in that language, or what stands in for it, and its number in the outbox."""
        if language not in self._rendered:
            message = self._services.wording.render(
                self._revision,
                self._tier,
                language,
                drill=self._services.is_drill,
                city=self._services.pack.codes,
            )
            self._rendered[language] = message, self._uow.messages.put(message, self._tier, self._services.clock.now())
        return self._rendered[language]
