"""Wakes the workers for what became due."""

from collections.abc import Sequence

from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork


def nudge_after_commit(services: Services, uow: UnitOfWork, due: Sequence[int]) -> None:
    """Once these chunks are committed, not before: a worker that is faster would find nothing."""

    def nudge() -> None:
        """In the order in which they became due."""
        for chunk in due:
            services.nudge.chunk_due(chunk)

    uow.after_commit(nudge)
