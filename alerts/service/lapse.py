"""Alarms about something that happened once are closed when it is too old to be acted on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from alerts.store.unit_of_work import UnitOfWork

_WEEK = timedelta(days=7)  # so long JMA's feeds remember: what was missed may be looked up
LAPSES_AFTER: Mapping[str, timedelta] = {  # by kind, from when it was raised last; the other kinds end with their cause
    "held": _WEEK,
    "odd": _WEEK,
    "telegram_missing": _WEEK,
    "feed": timedelta(days=1),
    "traffic": timedelta(days=1),
    "stuck": timedelta(days=1),  # raised at each attempt while it lasts; a chunk given up as too late has no other end
    "push": timedelta(days=1),
    "people": timedelta(days=1),
    "alone": timedelta(days=1),
    "push_refused": timedelta(days=1),  # raised at each chunk that is refused; what was told well says nothing of it
    "push_down": timedelta(hours=1),  # raised each minute while alerts are due; then nobody waits for it
    "mail_server": timedelta(days=1),
    "clock": timedelta(hours=1),  # telegrams come several times an hour: none was from the future since
}


def lapse(uow: UnitOfWork, now: datetime) -> None:
    """Closes what is too old; the rows stay."""
    for kind, after in LAPSES_AFTER.items():
        uow.alarms.close_older(kind, now - after, now)
