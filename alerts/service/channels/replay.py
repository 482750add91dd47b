"""Everything since a time or a cursor, said again to one webhook: it lost something, or was disabled (issue 7.6)."""

from datetime import datetime

from alerts.channel.subscriber import Channel
from alerts.service.channels.roll import SubscriberError, find
from alerts.service.services import Services
from alerts.store.replays import Replay

_SHOWN = 20


def replay_since(services: Services, subscriber_id: str, since: datetime) -> Replay:
    """Asks for all that was published from that time on. Raises as `replay_after`."""
    with services.database.read() as uow:
        cursor = uow.postings.before(since)
    return replay_after(services, subscriber_id, cursor)


def replay_after(services: Services, subscriber_id: str, cursor: int) -> Replay:
    """Asks for all that was published after a cursor, in its order; a worker does it, beside what is new.

    Only for webhooks: people are told nothing late (R22), programs know it by its id and its time. Raises
    `UnknownSubscriberError`, `SubscriberError`.
    """
    subscriber = find(services, subscriber_id)
    if subscriber.channel is not Channel.WEBHOOK:
        raise SubscriberError("only a webhook can have things said again: nobody is sent a late mail (R22)")
    if subscriber.disabled_at is not None:
        raise SubscriberError("it is disabled; enable it first")
    with services.database.write() as uow:
        newest = uow.postings.newest()
        if not 0 <= cursor <= newest:
            raise SubscriberError(f"there is no cursor {cursor}; the newest is {newest}")
        if uow.replays.open_of(subscriber_id) is not None:
            raise SubscriberError("a replay to it is under way; it goes on until it is done")
        return uow.replays.add(subscriber_id, cursor, newest, services.clock.now())


def replays_of(services: Services, subscriber_id: str) -> list[Replay]:
    """How its replays stand, the newest first. Raises `UnknownSubscriberError`."""
    find(services, subscriber_id)
    with services.database.read() as uow:
        return uow.replays.newest(subscriber_id, _SHOWN)
