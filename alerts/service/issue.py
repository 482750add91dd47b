"""A decided revision enters the store with its delivery chunks, in the caller's transaction (design.md §2.5)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from alerts.alert import Revision, Scope
from alerts.service.services import Services
from alerts.store.chunk import NewChunk
from alerts.store.unit_of_work import UnitOfWork


def publish_all(services: Services, uow: UnitOfWork, revisions: Sequence[Revision], now: datetime) -> None:
    """Stores revisions, the most urgent first, and nudges the workers once all of it is committed."""
    chunk_size = services.pack.policy.chunk_size
    by_urgency = sorted(revisions, key=lambda revision: revision.urgency.precedence)
    due = [chunk for revision in by_urgency for chunk in _publish(uow, revision, chunk_size, now)]

    def nudge() -> None:
        for chunk in due:
            services.nudge.chunk_due(chunk)

    uow.after_commit(nudge)


def _publish(uow: UnitOfWork, revision: Revision, chunk_size: int, now: datetime) -> list[int]:
    """Stores a revision and what it takes to deliver it; returns the chunk ids, the most exposed districts first.

    A revision for everyone supersedes what is unsent of the earlier ones; one for earlier receivers waits for them,
    or it could not know who they are (R29).
    """
    uow.alerts.add_revision(revision)
    if not revision.pushed:
        return []
    if revision.scope is Scope.EVERYONE:
        uow.chunks.supersede_unclaimed(revision.alert_id, revision.number, now)
    return uow.chunks.add_all(list(_chunks(uow, revision, chunk_size, now)))


def _chunks(uow: UnitOfWork, revision: Revision, chunk_size: int, now: datetime) -> Iterator[NewChunk]:
    """Ranges of device numbers for each tier. A device registered later is not told: the app shows it what is on."""
    numbers = uow.devices.number_range()
    if numbers is None:
        return
    first, last = numbers
    for tier in range(len(revision.tiers)):
        for start in range(first, last + 1, chunk_size):
            yield NewChunk(
                alert_id=revision.alert_id,
                revision=revision.number,
                tier=tier,
                device_from=start,
                device_to=min(start + chunk_size - 1, last),
                urgency=revision.urgency,
                priority=revision.urgency.precedence * 10 + tier,
                due_at=now,
            )
