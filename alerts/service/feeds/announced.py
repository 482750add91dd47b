"""The entries of a feed compared with all that are known, as sets: late ones stand below known ones (jma.md §1.3)."""

from datetime import datetime

from alerts.service.feeds.errand import Errand
from alerts.service.feeds.settings import FeedSettings
from alerts.service.feeds.wanted import wanted
from alerts.service.transition import look_at
from alerts.store.feed_entries import EntryRow
from alerts.store.feeds import FeedRow
from alerts.store.states import EntryState
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.atom import AtomEntry, AtomFeed
from alerts.telegram.catalogue import type_in_name

_LONGEST = 200  # characters an address may have; JMA's have 85
_TYPE_LENGTH = 8


def keep(errand: Errand, feed: FeedRow, announced: AtomFeed) -> None:
    """Keeps a row of every entry that has none yet, in one transaction; alarms about what is refused."""
    now = errand.services.clock.now()
    with errand.services.database.write() as uow:
        known = uow.feeds.entries.known(entry.url[:_LONGEST] for entry in announced.entries)
        new = [_row(errand, feed, entry, now) for entry in announced.entries if entry.url[:_LONGEST] not in known]
        uow.feeds.entries.add(new)
        look_at(errand.services, uow, new)
        _alarm(uow, feed, [row for row in new if row.state is EntryState.REFUSED], now)
        if announced.unreadable:
            text = f"feed {feed.name} has {announced.unreadable} entries without an address; the others were read"
            uow.alarms.raise_(f"feed-entries:{feed.name}", "feed", text, now)


def file_of(url: str) -> str:
    """The file name at the end of a telegram's address."""
    return url.rsplit("/", 1)[-1]


def _row(errand: Errand, feed: FeedRow, entry: AtomEntry, now: datetime) -> EntryRow:
    updated = entry.updated or now
    return EntryRow(
        id=entry.url[:_LONGEST],
        feed=feed.name,
        type=(type_in_name(file_of(entry.url)) or "")[:_TYPE_LENGTH] or None,
        updated=updated,
        state=_state(errand, entry.url, errand.settings),
        attempts=0,
        next_try_at=now,
        first_seen_at=now,
        baseline=updated < feed.began_at,
    )


def _state(errand: Errand, url: str, settings: FeedSettings) -> EntryState:
    if len(url) > _LONGEST or not settings.is_own(url):
        return EntryState.REFUSED
    if wanted(file_of(url), errand.services.pack.codes):
        return EntryState.DUE
    return EntryState.SKIPPED


def _alarm(uow: UnitOfWork, feed: FeedRow, refused: list[EntryRow], now: datetime) -> None:
    if refused:
        text = (
            f"feed {feed.name} names {len(refused)} telegrams that are not on its own server, none was fetched: "
            f"{refused[0].id}. Check whether JMA has moved, then change the address of the feeds"
        )
        uow.alarms.raise_(f"feed-host:{feed.name}", "feed", text, now)
