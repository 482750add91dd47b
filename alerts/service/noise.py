"""The noise budget, at both ends of its hour: what is held back when it is made, and the digest (alerts/budget.py)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from alerts.alert import AlertState, Revision
from alerts.budget import HOUR, held_back, hour_of, is_ordinary
from alerts.service.nudging import nudge_after_commit
from alerts.service.services import Services
from alerts.store.chunk import NewChunk
from alerts.store.database import run
from alerts.store.held_back import HeldBack
from alerts.store.unit_of_work import UnitOfWork

_LAST = 99  # priority: after all that is told for the first time
_MOST_TOLD = 30  # alerts in one digest; an hour has never had so many


def within_budget(services: Services, uow: UnitOfWork, revision: Revision) -> tuple[Revision, HeldBack | None]:
    """The revision with its reason completed, and what of it waits for the digest; None if nothing does."""
    if not is_ordinary(revision):
        return revision, None
    begun, ceiling = hour_of(revision.created_at), services.pack.policy.hourly_pushes
    districts = [district.id for district in services.pack.districts]
    waits = held_back(revision, uow.held_back.heard(begun), districts, ceiling)
    if not waits:
        return revision, None
    said = f"{revision.reason}; the hour's {ceiling} ordinary pushes are spent in {len(waits)} districts: digest"
    record = HeldBack(revision.alert_id, revision.number, tuple(sorted(waits)), ceiling, begun + HOUR)
    return replace(revision, reason=said), record


def tell_held_back(services: Services) -> int:
    """Makes the chunks of the digests whose hour is over; returns how many. Safe to call at any time, by anybody."""
    now = services.clock.now()
    with services.database.read() as uow:
        over = uow.held_back.over(now)
    return sum(run(services.database, partial(_tell_hour, services, hour, now)) for hour in over)


def standing(uow: UnitOfWork, hour_ends_at: datetime, now: datetime) -> list[tuple[Revision, HeldBack]]:
    """What an hour held back and still is as it was said: in force, not overtaken, not too late. The oldest first."""
    kept = ((uow.alerts.revision(one.alert_id, one.revision), one) for one in uow.held_back.of_hour(hour_ends_at))
    return [(revision, one) for revision, one in kept if _stands(uow, revision, now)][-_MOST_TOLD:]


def _stands(uow: UnitOfWork, revision: Revision, now: datetime) -> bool:
    alert = uow.alerts.get(revision.alert_id)
    if alert is None or alert.state is not AlertState.IN_FORCE or now >= revision.expires_at:
        return False
    later = (one for one in uow.alerts.revisions(alert.id) if one.number > revision.number)
    return not any(one.pushed for one in later)


def _tell_hour(services: Services, hour_ends_at: datetime, now: datetime, uow: UnitOfWork) -> int:
    """One hour; waits where what is told at once is still being told."""
    held = uow.held_back.of_hour(hour_ends_at)
    if not all(uow.chunks.is_told(one.alert_id, one.revision) for one in held):
        return 0
    new = [
        chunk for revision, _ in standing(uow, hour_ends_at, now) for chunk in _chunks(uow, revision, hour_ends_at, now)
    ]
    due = uow.chunks.add_all(new)
    uow.held_back.close(hour_ends_at, now)
    nudge_after_commit(services, uow, due)
    return len(due)


def _chunks(uow: UnitOfWork, revision: Revision, hour_ends_at: datetime, now: datetime) -> Sequence[NewChunk]:
    """The ranges that the revision itself had, each once: nobody is told who registered later."""
    return [
        NewChunk(
            alert_id=revision.alert_id,
            revision=revision.number,
            tier=len(revision.tiers),
            device_from=first,
            device_to=last,
            urgency=revision.urgency,
            priority=_LAST,
            due_at=now,
            story=story,
            digest_of=hour_ends_at,
        )
        for story, first, last in uow.chunks.ranges(revision.alert_id, revision.number)
    ]
