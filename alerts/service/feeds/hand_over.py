"""Fetched telegrams go to `receive`; what could not be had is put off, and given up in the end with an alarm."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from alerts.ports import FeedUnavailableError
from alerts.service.arrival import Incoming
from alerts.service.feeds.announced import file_of
from alerts.service.feeds.errand import Errand, chance
from alerts.service.feeds.timing import ALARM_ATTEMPT, LAST_ATTEMPT, next_try
from alerts.store.feed_entries import EntryRow
from alerts.store.states import EntryState
from alerts.store.unit_of_work import UnitOfWork

_WHOLE = re.compile(rb"</(\w+:)?Report>\s*$")
_TAIL = 200  # bytes at the end that are looked at
_BELIEVED_AT = 3  # a file that is cut off so often is cut off at its source: it is kept, and held as broken (R16)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the server gave for an entry: bytes, or an error."""

    entry: EntryRow
    raw: bytes | None
    error: Exception | None = None

    @property
    def is_usable(self) -> bool:
        """Whether it can be handed over: a telegram that ends as telegrams do, or one that never does."""
        return self.raw is not None and (
            self.entry.attempts >= _BELIEVED_AT or _WHOLE.search(self.raw[-_TAIL:]) is not None
        )


def hand_over(errand: Errand, fetched: Sequence[Fetched]) -> int:
    """Hands telegrams over, oldest first, and settles their entries; returns how many were taken in.

    If `receive` breaks, each is handed over alone: one that breaks it must not hold back its neighbours.
    """
    if not fetched:
        return 0
    ordered = sorted(fetched, key=lambda one: (one.entry.updated, one.entry.id))
    try:
        errand.take(errand.services, [_incoming(one) for one in ordered])
    except Exception as error:  # noqa: BLE001  whatever it is, the neighbours must get through (R16)
        if len(ordered) > 1:
            return sum(hand_over(errand, [one]) for one in ordered)
        _log.exception("%s could not be taken in", ordered[0].entry.id)
        put_off(errand, [Fetched(ordered[0].entry, None, error)])
        return 0
    _settle(errand, [one.entry for one in ordered])
    return len(ordered)


def put_off(errand: Errand, failed: Sequence[Fetched]) -> None:
    """Has each entry tried again with a growing delay, or gives it up after the last attempt."""
    if not failed:
        return
    with errand.services.database.write() as uow:
        for one in failed:
            _put_off(errand, uow, one)


def _put_off(errand: Errand, uow: UnitOfWork, failed: Fetched) -> None:
    entry, now = failed.entry, errand.services.clock.now()
    attempts = _counted(uow, entry)
    _log.warning("%s was not had at attempt %d: %s", entry.id, attempts, _reason(failed))
    if attempts >= ALARM_ATTEMPT:
        ending = "given up" if attempts >= LAST_ATTEMPT else "still tried"
        text = f"{entry.id} was announced and could not be taken in {attempts} times, {ending}: {_reason(failed)}"
        uow.alarms.raise_(_alarm_of(entry), "telegram_missing", text, now)
    if attempts >= LAST_ATTEMPT:
        uow.feeds.entries.settle([entry.id], EntryState.GIVEN_UP)
        return
    asked = failed.error.retry_after_seconds if isinstance(failed.error, FeedUnavailableError) else None
    uow.feeds.entries.put_off(entry.id, attempts, now + next_try(attempts, asked, chance()))


def _counted(uow: UnitOfWork, entry: EntryRow) -> int:
    """The attempts so far. While the feed fails too, the last ones are not used up: an outage gives nothing up."""
    feed = uow.feeds.get(entry.feed)
    return min(entry.attempts, LAST_ATTEMPT - 2) if feed and feed.failures else entry.attempts


def _reason(failed: Fetched) -> str:
    return str(failed.error) if failed.error else "the file does not end as a telegram does"


def _settle(errand: Errand, entries: Sequence[EntryRow]) -> None:
    with errand.services.database.write() as uow:
        uow.feeds.entries.settle([entry.id for entry in entries], EntryState.RECEIVED)
        for entry in entries:
            if entry.attempts >= ALARM_ATTEMPT:
                uow.alarms.clear(_alarm_of(entry), errand.services.clock.now())


def _incoming(fetched: Fetched) -> Incoming:
    entry = fetched.entry
    return Incoming(entry.id, file_of(entry.id), fetched.raw or b"", entry.first_seen_at, baseline=entry.baseline)


def _alarm_of(entry: EntryRow) -> str:
    return f"telegram:{entry.id}"
