"""One feed asked, and every entry that is new kept as a row (jma.md §1.3)."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.ports import FeedAnswer, FeedUnavailableError
from alerts.service.feeds import budget
from alerts.service.feeds.announced import keep
from alerts.service.feeds.errand import Errand, chance
from alerts.service.feeds.settings import KEEP_ENTRIES, LEASE, LONG_EVERY, OUTAGE, is_long
from alerts.service.feeds.timing import BACK_OFF_CEILING, LONG_BACK_OFF_CEILING, back_off, next_poll
from alerts.service.lapse import lapse
from alerts.service.transition import call_in_copy
from alerts.store.feeds import LONG, FeedRow
from alerts.telegram.atom import BrokenFeedError, parse_feed

ALARM_FAILURES = 3  # in a row; about two minutes

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Polled:
    """A feed that answered, and its answer; its ETag is not saved yet."""

    feed: FeedRow
    answer: FeedAnswer


def poll(errand: Errand, name: str) -> Polled | None:
    """Asks a feed if it is due and free; None if it is not, or if it failed."""
    now = errand.services.clock.now()
    with errand.services.database.write() as uow:
        feed = uow.feeds.claim(name, now, now + LEASE)
        if feed is None:
            return None
        if not budget.may_fetch(errand, uow, now, can_wait=is_long(name)):
            reason = budget.raise_alarm(errand, uow, now)
            uow.feeds.failed(feed, reason, now + _back_off(feed, None))
            return None
    try:
        return _ask(errand, feed)
    except FeedUnavailableError as error:
        _failed(errand, feed, error)
        return None


def remember(errand: Errand, polled: Polled) -> None:
    """Saves the ETag and when the feed is due again, once every entry of the answer is settled or a row that is due."""
    feed, answer, now = polled.feed, polled.answer, errand.services.clock.now()
    wait = LONG_EVERY * (1 + chance() / 10) if is_long(feed.name) else next_poll(answer.fresh_for_seconds, chance())
    unchanged = answer.body is None
    with errand.services.database.write() as uow:
        uow.feeds.succeeded(
            feed,
            answer.etag or (feed.etag if unchanged else None),
            answer.last_modified or (feed.last_modified if unchanged else None),
            now,
            now + wait,
        )
        uow.feeds.entries.forget(now - KEEP_ENTRIES)
        lapse(uow, now)
        call_in_copy(errand.services, uow, now)
        if feed.failures >= ALARM_FAILURES:
            uow.alarms.clear(f"feed:{feed.name}", now)


def _ask(errand: Errand, feed: FeedRow) -> Polled:
    """Raises `FeedUnavailableError` also for a feed that is not whole: absence of news is never read from it."""
    answer = errand.reader.poll(errand.settings.url(feed.name), feed.etag, feed.last_modified)
    budget.count(errand, answer.bytes_received)
    if answer.body is not None:
        try:
            keep(errand, feed, parse_feed(answer.body))
        except BrokenFeedError as error:
            raise FeedUnavailableError(str(error)) from error
    _owe_long_feed(errand, feed)
    return Polled(feed, answer)


def _owe_long_feed(errand: Errand, feed: FeedRow) -> None:
    """After an outage the short feed may have forgotten what it announced meanwhile: the long one is walked."""
    now = errand.services.clock.now()
    if is_long(feed.name) or now - (feed.last_success_at or feed.began_at) <= OUTAGE:
        return
    with errand.services.database.write() as uow:
        uow.feeds.owe(feed.name + LONG, now)


def _failed(errand: Errand, feed: FeedRow, error: FeedUnavailableError) -> None:
    now, failures = errand.services.clock.now(), feed.failures + 1
    _log.warning("feed %s failed %d times in a row: %s", feed.name, failures, error.reason)
    with errand.services.database.write() as uow:
        if error.bytes_received:
            uow.feeds.traffic.add(now, error.bytes_received)
        uow.feeds.failed(feed, error.reason, now + _back_off(feed, error.retry_after_seconds))
        if failures >= ALARM_FAILURES:
            text = f"feed {feed.name} cannot be read since {_since(feed)}: {error.reason}"
            uow.alarms.raise_(f"feed:{feed.name}", "feed", text, now)


def _back_off(feed: FeedRow, retry_after_seconds: float | None) -> timedelta:
    ceiling = LONG_BACK_OFF_CEILING if is_long(feed.name) else BACK_OFF_CEILING
    return back_off(feed.failures + 1, retry_after_seconds, chance(), ceiling)


def _since(feed: FeedRow) -> str:
    since: datetime = feed.last_success_at or feed.began_at
    return f"{since:%Y-%m-%d %H:%M} UTC"
