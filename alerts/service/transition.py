"""JMA's old and new warnings side by side, until about May 2028: the copies must not go on alone (jma.md §3.1, §3.3).

A copy (VPWW54) follows its originals (VPWW55 to VPWW61) within minutes. One that comes long after the last original
says that the originals are missing: the situation may be standing still while JMA warns. It may also have been
announced a moment before its original: so it is an alarm at once, and read only where the originals stay away for the
time of the city's policy. With the next original that is announced the alarm ends, and the reading of copies with it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts.chain import WARNINGS
from alerts.service.services import Services
from alerts.store.feed_entries import EntryRow
from alerts.store.unit_of_work import UnitOfWork
from alerts.telegram.old_warning import TYPE as COPY

SILENT_AFTER = timedelta(minutes=30)  # copies were seen up to three minutes after their originals (jma.md §1.3)
_ALARM = "transition"


def look_at(services: Services, uow: UnitOfWork, new: Sequence[EntryRow]) -> None:
    """Raises or clears the alarm as newly announced telegrams of the city's own office say; to be called for each."""
    ending = _ending(services)
    if not any(row.type in {COPY, *WARNINGS} and row.id.endswith(ending) for row in new):
        return
    copies = uow.feeds.entries.span((COPY,), ending)
    originals = uow.feeds.entries.span(WARNINGS, ending)
    if copies is None:
        return
    first_copy, last_copy = copies
    last_original = originals[1] if originals else first_copy
    now = services.clock.now()
    if last_copy - last_original <= SILENT_AFTER:
        uow.alarms.clear(_ALARM, now)
        return
    text = (
        f"{COPY} of {services.pack.codes.prefecture} came at {last_copy.isoformat()}, but none of VPWW55 to VPWW61 "
        f"since {last_original.isoformat()}: look at JMA's own page, and at `bosai rebuild --vpws50 FILE`. "
        f"{services.pack.policy.fallback_minutes} minutes after this alarm began {COPY} is read in their place"
    )
    uow.alarms.raise_(_ALARM, "transition", text, now)


def stands_in(services: Services, uow: UnitOfWork, now: datetime) -> bool:
    """Whether copies are read in place of their originals: missing, and for as long as the policy has it."""
    since = uow.alarms.open_since(_ALARM)
    return since is not None and now - since >= services.pack.policy.fallback_after


def call_in_copy(services: Services, uow: UnitOfWork, now: datetime) -> None:
    """Has the newest copy fetched while copies stand in; an older one says nothing that it does not say."""
    if stands_in(services, uow, now):
        uow.feeds.entries.want_newest(COPY, _ending(services), now)


def _ending(services: Services) -> str:
    return f"_{services.pack.codes.office}.xml"
