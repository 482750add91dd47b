"""Outcomes are written as they come, and the chunk's lease with them: who cannot record may not send (decision 4)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts.ports import PushOutcome, PushResult, StopSendingError
from alerts.service.services import Services
from alerts.store.chunk import Chunk

LEASE = timedelta(seconds=2)  # a sender that cannot renew it stops, and another goes on (design.md §2.7)
RENEW_AFTER = timedelta(milliseconds=500)


class Recorder:
    """The `record` of one chunk's sender."""

    def __init__(self, services: Services, chunk: Chunk, worker: str, prepared_at: datetime) -> None:
        """`prepared_at` is when the addresses were read: one that changed since is not dead."""
        self._prepared_at = prepared_at
        self._services = services
        self._chunk = chunk
        self._worker = worker
        self._renewed_at = services.clock.now()

    def record(self, outcomes: Sequence[PushOutcome]) -> None:
        """Raises `StopSendingError` if the lease is gone or the outcomes cannot be written."""
        now = self._services.clock.now()
        if not outcomes and now - self._renewed_at < RENEW_AFTER:
            return
        try:
            kept = self._write(outcomes)
        except Exception as error:
            raise StopSendingError(f"outcomes cannot be recorded: {error}") from error
        if not kept:
            raise StopSendingError("the lease ended and another worker has the chunk")
        self._renewed_at = now

    def _write(self, outcomes: Sequence[PushOutcome]) -> bool:
        """Outcomes, dead addresses and lease in one transaction; False if the chunk is another's now."""
        now = self._services.clock.now()
        gone = [outcome.device for outcome in outcomes if outcome.result is PushResult.UNREGISTERED]
        with self._services.database.write() as uow:
            if outcomes:
                uow.deliveries.record(self._chunk.alert_id, self._chunk.revision, outcomes, now)
            if gone:
                uow.devices.mark_unreachable(gone, self._prepared_at)
            return uow.chunks.renew(self._chunk.id, self._worker, now, LEASE)
