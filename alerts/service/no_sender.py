"""No key is not silence: production that can reach no phone is an alarm for as long as it lasts (design.md §3)."""

from alerts.ports import NO_CHANNEL
from alerts.service.services import Services

_ALARM = "no_sender"


def look_for_sender(services: Services) -> None:
    """Opens the alarm, or closes it where there is a sender again; to be called often, it writes only what is new."""
    missing = services.environment == "production" and services.sender.channel == NO_CHANNEL
    with services.database.read() as uow:
        if missing == (uow.alarms.open_since(_ALARM) is not None):
            return
    now = services.clock.now()
    with services.database.write() as uow:
        if not missing:
            uow.alarms.clear(_ALARM, now)
            return
        text = (
            "no push reaches a phone: BOSAI_FIREBASE_KEY is not set, or names a key that cannot be used, which the "
            "log then says. Set it and restart; until then use the primary channel"
        )
        uow.alarms.raise_(_ALARM, "no_sender", text, now)
