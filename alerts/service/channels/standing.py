"""How a subscriber fares: alarms while it is not reached, and its end after days of failures."""

from datetime import datetime

from alerts.channel.letter import Answer, Taken
from alerts.channel.retry import DISABLE_AFTER, DISABLE_FAILURES
from alerts.channel.subscriber import Channel, Subscriber
from alerts.store.unit_of_work import UnitOfWork

ALARM_AFTER_TRIES = 2  # a single failure passes in seconds
_MAIL_SERVER = "mail_server"


def note_success(uow: UnitOfWork, subscriber: Subscriber, now: datetime) -> None:
    """It was reached: nothing is wrong with it, nor with the way to it."""
    uow.subscribers.note_success(subscriber.id)
    uow.alarms.clear(_failing(subscriber.id), now)
    if subscriber.channel is Channel.EMAIL:
        uow.alarms.clear(_MAIL_SERVER, now)


def note_failure(uow: UnitOfWork, subscriber: Subscriber, answer: Answer, attempts: int, now: datetime) -> None:
    """It was not reached: alarmed when it lasts, disabled after days of it. Our own mail server is not its fault."""
    if answer.own_fault:
        text = f"the mail server takes no mail: {answer.detail}. Mails wait, and are tried until they are too late"
        uow.alarms.raise_(_MAIL_SERVER, "mail_server", text, now)
        return
    standing = uow.subscribers.note_failure(subscriber.id, now)
    if standing is None:
        return
    failing_for = now - (standing.failing_since or now)
    if answer.gone or (failing_for >= DISABLE_AFTER and standing.failures >= DISABLE_FAILURES):
        why = answer.detail if answer.gone else f"not reached for {failing_for.days} days, last: {answer.detail}"
        _disable(uow, subscriber, why, now)
    elif attempts >= ALARM_AFTER_TRIES or answer.taken is Taken.REFUSED:
        text = f"{subscriber.channel} subscriber {subscriber.name} ({subscriber.id}) is not reached: {answer.detail}"
        uow.alarms.raise_(_failing(subscriber.id), "channel", text, now)


def note_no_sender(uow: UnitOfWork, now: datetime) -> None:
    """Somebody is listed with an e-mail address, and there is no server to send by."""
    text = "no mail is sent: BOSAI_SMTP_URL and BOSAI_MAIL_FROM are not set, or cannot be used, which the log then says"
    uow.alarms.raise_(_MAIL_SERVER, "mail_server", text, now)


def forget_alarms(uow: UnitOfWork, subscriber_id: str, now: datetime) -> None:
    """It is off the list, or enabled again."""
    uow.alarms.clear(_failing(subscriber_id), now)
    uow.alarms.clear(_disabled(subscriber_id), now)


def _disable(uow: UnitOfWork, subscriber: Subscriber, why: str, now: datetime) -> None:
    uow.subscribers.disable(subscriber.id, now)
    uow.dispatches.end_for(subscriber.id, now)
    uow.replays.end_for(subscriber.id, now)
    uow.alarms.clear(_failing(subscriber.id), now)
    text = f"{subscriber.channel} subscriber {subscriber.name} ({subscriber.id}) is told nothing any more: {why}"
    uow.alarms.raise_(_disabled(subscriber.id), "channel_disabled", text, now)


def _failing(subscriber_id: str) -> str:
    return f"channel:{subscriber_id}"


def _disabled(subscriber_id: str) -> str:
    return f"channel_disabled:{subscriber_id}"
