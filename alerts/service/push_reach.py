"""The office sees at once that the push provider cannot be reached, and that it can be again (issue 6.11, R21)."""

from datetime import timedelta

from alerts.service.services import Services
from alerts.store.reach import Untaken
from alerts.times import JST

PATIENCE = timedelta(seconds=8)  # alerts are due, somebody tries to tell them, and nobody was taken for so long
SAY_AGAIN_AFTER = timedelta(minutes=1)
_ALARM = "push_down"


def look_for_push(services: Services) -> None:
    """Opens or closes the alarm; to be called each second. It writes only what is new, or once a minute.

    Closed by the first phone that the provider takes again, not by an alert that has become too late meanwhile.
    """
    now = services.clock.now()
    with services.database.read() as uow:
        alarm = uow.alarms.open_one(_ALARM)
        untaken = uow.reach.untaken(now, now - PATIENCE)
        works_again = alarm is not None and untaken is None and uow.reach.took_since(alarm.raised_at)
    if works_again:
        with services.database.write() as uow:
            uow.alarms.clear(_ALARM, now)
    elif untaken is not None and (alarm is None or now - alarm.last_at >= SAY_AGAIN_AFTER):
        with services.database.write() as uow:
            uow.alarms.raise_(_ALARM, "push_down", _text(untaken), now)


def _text(untaken: Untaken) -> str:
    since, error = f"{untaken.since.astimezone(JST):%H:%M:%S}", untaken.error or "no answer yet"
    return (
        f"pushes reach no phone: {untaken.alerts} alerts are due since {since} and the provider takes nobody "
        f"({error}). They stay due and go out when it works, unless they are too late"
    )
