"""Outcomes of all chunks under way are written together, and their leases with them (decision 4)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.ports import PushOutcome, PushResult
from alerts.service.cargo import Cargo
from alerts.service.claim import LEASE
from alerts.service.finish import finish
from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork


class LeaseLostError(Exception):
    """A chunk is another worker's now."""


def record(services: Services, cargo: Cargo, told: Mapping[int, Sequence[PushOutcome]], worker: str) -> dict[int, str]:
    """One transaction: outcomes by chunk, dead addresses, leases, and the end of the chunks that are told.

    Returns how those ended, by chunk. Raises `LeaseLostError` once the outcomes are written: they are true, whoever has
    the chunk now.
    """
    now = services.clock.now()
    with services.database.write() as uow:
        _write_outcomes(uow, cargo, told, now)
        kept = uow.chunks.renew(list(cargo.carried), worker, now, LEASE)
        ended = {one.chunk.id: finish(uow, one, worker, now) for one in cargo.told()} if kept else {}
    if not kept or "stopped" in ended.values():
        raise LeaseLostError("the lease ended and another worker has the chunk")
    return ended


def _write_outcomes(uow: UnitOfWork, cargo: Cargo, told: Mapping[int, Sequence[PushOutcome]], now: datetime) -> None:
    """One statement for each revision."""
    by_revision: dict[tuple[str, int], list[PushOutcome]] = defaultdict(list)
    gone: dict[datetime, list[int]] = defaultdict(list)
    for chunk_id, outcomes in told.items():
        one = cargo.carried[chunk_id]
        by_revision[one.chunk.alert_id, one.chunk.revision] += outcomes
        gone[one.prepared_at] += [device for device, result, *_ in outcomes if result is PushResult.UNREGISTERED]
    for (alert_id, revision), of_revision in by_revision.items():
        uow.deliveries.record(alert_id, revision, of_revision, now)
    for prepared_at, devices in gone.items():
        if devices:
            uow.devices.mark_unreachable(devices, prepared_at)
