"""Announced telegrams are fetched, once each, and handed over oldest first (jma.md §1.4-1.5, R23)."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.ports import FeedUnavailableError
from alerts.service.feeds import budget
from alerts.service.feeds.errand import Errand
from alerts.service.feeds.hand_over import Fetched, hand_over, put_off
from alerts.service.feeds.settings import LEASE
from alerts.service.feeds.timing import LAST_ATTEMPT
from alerts.store.feed_entries import EntryRow
from alerts.store.states import EntryState

BATCH = 400
PARALLEL = 4  # requests at a time to JMA, for each feed
TOGETHER_BELOW = 2  # attempts; what failed more often is fetched alone, so that it cannot stop its neighbours
START_WITHIN = timedelta(seconds=20)  # no fetch begins later in a batch: the lease must cover all of it
WAIT_FOR_BUDGET = timedelta(minutes=5)
PATIENCE_SECONDS = 2.0  # a file that takes longer is handed over after its neighbours


@dataclass(frozen=True, slots=True)
class _Untried:
    """An entry that was claimed and not asked for: no time or no budget was left. It does not count as an attempt."""

    entry: EntryRow
    next_try_at: datetime


def fetch_due(errand: Errand, name: str) -> int:
    """Fetches and hands over one batch of a feed's due entries; returns how many telegrams were taken in."""
    now = errand.services.clock.now()
    batch = _claim(errand, name, now)
    if not batch:
        return 0
    with ThreadPoolExecutor(min(PARALLEL, len(batch)), thread_name_prefix=f"fetch-{name}") as threads:
        asked = [threads.submit(_fetch, errand, entry, now + START_WITHIN) for entry in batch]
        prompt, slow = wait(asked, timeout=PATIENCE_SECONDS)
        taken = _settle(errand, prompt)
    return taken + _settle(errand, slow)


def _claim(errand: Errand, name: str, now: datetime) -> list[EntryRow]:
    """Entries to fetch. One that `receive` kept before a crash is settled here, without a second fetch."""
    with errand.services.database.write() as uow:
        entries = uow.feeds.entries
        claimed = entries.claim(name, now, now + LEASE, limit=BATCH, tried_below=TOGETHER_BELOW) or entries.claim(
            name, now, now + LEASE, limit=1, tried_below=LAST_ATTEMPT + 1
        )
        kept = uow.telegrams.known(entry.id for entry in claimed)
        entries.settle(kept, EntryState.RECEIVED)
    return [entry for entry in claimed if entry.id not in kept]


def _fetch(errand: Errand, entry: EntryRow, start_before: datetime) -> Fetched | _Untried:
    """Asks for one telegram and counts its bytes at once."""
    services = errand.services
    now = services.clock.now()
    with services.database.read() as uow:
        allowed = budget.may_fetch(errand, uow, now, can_wait=entry.baseline)
    if not allowed:
        return _Untried(entry, now + WAIT_FOR_BUDGET)
    if now > start_before:
        return _Untried(entry, now)
    if entry.attempts > LAST_ATTEMPT:
        return Fetched(entry, None, RuntimeError("the service stopped each time it took the telegram in"))
    try:
        answer = errand.reader.fetch(entry.id)
    except FeedUnavailableError as error:
        budget.count(errand, error.bytes_received)
        return Fetched(entry, None, error)
    budget.count(errand, answer.bytes_received)
    return Fetched(entry, answer.body)


def _settle(errand: Errand, done: Iterable[Future[Fetched | _Untried]]) -> int:
    results = [future.result() for future in done]
    _release(errand, [result for result in results if isinstance(result, _Untried)])
    fetched = [result for result in results if isinstance(result, Fetched)]
    put_off(errand, [result for result in fetched if not result.is_usable])
    return hand_over(errand, [result for result in fetched if result.is_usable])


def _release(errand: Errand, untried: list[_Untried]) -> None:
    if not untried:
        return
    with errand.services.database.write() as uow:
        for one in untried:
            uow.feeds.entries.put_off(one.entry.id, one.entry.attempts - 1, one.next_try_at)
