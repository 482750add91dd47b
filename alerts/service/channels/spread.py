"""A pushed revision becomes one dispatch for each subscriber it concerns, in the order of the revisions (R15, R29)."""

import logging
from collections.abc import Iterator
from functools import partial

from alerts.alert import Revision
from alerts.channel.audience import tier_for
from alerts.channel.subscriber import Subscriber, same_world
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.dispatch import NewDispatch
from alerts.store.dispatch_results import NOTHING_YET
from alerts.store.postings import Posting
from alerts.store.unit_of_work import UnitOfWork
from alerts.world import WorldMismatchError

STEP = 50  # postings at a time

_log = logging.getLogger(__name__)


def spread(services: Services) -> int:
    """Takes up what was published since; returns how many. Nothing outside the database is asked (R28)."""
    with services.database.read() as uow:
        waiting = uow.postings.due(STEP)
    return sum(run(services.database, partial(_spread, services, seq)) for seq in waiting)


def _spread(services: Services, seq: int, uow: UnitOfWork) -> bool:
    """One transaction: taken up, and a row for everybody whom it concerns; what they wait for of its story is ended."""
    posting = uow.postings.take(seq)
    if posting is None:
        return False
    revision, now = uow.alerts.revision(posting.alert_id, posting.revision), services.clock.now()
    uow.dispatches.supersede(posting.story, posting.seq, now)
    uow.dispatches.add_all(list(_concerned(services, uow, posting, revision)), now)
    return True


def _concerned(services: Services, uow: UnitOfWork, posting: Posting, revision: Revision) -> Iterator[NewDispatch]:
    """Whoever is being sent an earlier one just now is judged again when that has ended (`take.py`)."""
    before = uow.dispatch_results.told(posting.alert_id, posting.revision)
    for subscriber in uow.subscribers.all():
        if subscriber.disabled_at is not None or not _is_of_here(services, subscriber):
            continue
        known = before.get(subscriber.id, NOTHING_YET)
        tier = tier_for(subscriber, revision, told=known.told or known.under_way, owed=known.owed)
        if tier is not None:
            yield NewDispatch(
                alert_id=revision.alert_id,
                revision=revision.number,
                subscriber=subscriber.id,
                channel=subscriber.channel,
                seq=posting.seq,
                story=posting.story,
                priority=revision.urgency_in(tier).precedence,
                expires_at=revision.expires_at,
            )


def _is_of_here(services: Services, subscriber: Subscriber) -> bool:
    """R1. A row that says otherwise was put there by hand; it withholds nothing from the others."""
    try:
        same_world(services.world, subscriber.world, f"subscriber {subscriber.id}")
    except WorldMismatchError as error:
        _log.error("%s; it is told nothing", error)
        return False
    return True
