"""Chunks delivered one by one, in the order that a test wants."""

from alerts.service.deliver import deliver
from alerts.service.services import Services


def deliver_chunk(services: Services, chunk_id: int, worker: str) -> str:
    """How the chunk ended; `not_ours` if this worker may not have it."""
    return deliver(services, worker, find=lambda _uow, _bound: [chunk_id]).get(chunk_id, "not_ours")
