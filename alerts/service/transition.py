"""JMA's old and new warnings side by side, until about May 2028: the copies must not go on alone (jma.md §3.1, §3.3).

A copy (VPWW54) follows its originals (VPWW55 to VPWW61) within minutes. One that comes long after the last original
says that the originals are missing: the situation may be standing still while JMA warns.
"""

from collections.abc import Sequence
from datetime import timedelta

from alerts.chain import WARNINGS
from alerts.service.services import Services
from alerts.store.feed_entries import EntryRow
from alerts.store.unit_of_work import UnitOfWork

COPY = "VPWW54"
SILENT_AFTER = timedelta(minutes=30)  # copies were seen up to three minutes after their originals (jma.md §1.3)
_ALARM = "transition"


def look_at(services: Services, uow: UnitOfWork, new: Sequence[EntryRow]) -> None:
    """Raises or clears the alarm as newly announced telegrams of the city's own office say; to be called for each."""
    ending = f"_{services.pack.codes.office}.xml"
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
        f"since {last_original.isoformat()}: look at JMA's own page, and at `bosai rebuild --vpws50 FILE`"
    )
    uow.alarms.raise_(_ALARM, "transition", text, now)
