"""Taking the next letter: claimed by compare-and-set, judged once more, composed; in one transaction."""

from dataclasses import dataclass, replace
from datetime import timedelta

from alerts.channel.audience import tier_for, tier_in_replay
from alerts.channel.letter import Letter, Outcome
from alerts.channel.subscriber import Channel, Subscriber
from alerts.service.channels.compose import compose, letter_id
from alerts.service.channels.errand import DispatchErrand, ReplayErrand
from alerts.service.channels.standing import note_no_sender
from alerts.service.services import Services
from alerts.store.cipher import AddressUnreadableError
from alerts.store.dispatch import Dispatch
from alerts.store.dispatch_results import NOTHING_YET
from alerts.store.postings import Posting
from alerts.store.replays import Replay
from alerts.store.states import ChunkState
from alerts.store.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=5)  # renewed each second: whoever was killed has left it free soon
PASSED_OVER = 200  # postings that do not concern the subscriber, in one transaction


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Why a claimed dispatch is not sent after all."""

    outcome: Outcome
    detail: str


def take_dispatch(services: Services, worker: str, dispatch_id: int, uow: UnitOfWork) -> DispatchErrand | None:
    """The letter of a dispatch; None if it is not to be had, or ended here because nobody is to be told it."""
    now = services.clock.now()
    dispatch = uow.dispatches.claim(dispatch_id, worker, now, LEASE)
    if dispatch is None:
        return None
    letter = _letter(services, uow, dispatch)
    if isinstance(letter, Letter):
        return DispatchErrand(dispatch, letter)
    outcome = Outcome.IN_DOUBT if dispatch.doubtful else letter.outcome  # an earlier try may have arrived
    uow.dispatches.close(dispatch, worker, outcome, letter.detail, now)
    if letter.outcome is Outcome.NOT_SENT_NO_SENDER:
        note_no_sender(uow, now)
    return None


def _letter(services: Services, uow: UnitOfWork, dispatch: Dispatch) -> Letter | _Nothing:
    subscriber = uow.subscribers.get(dispatch.subscriber)
    if subscriber is None or subscriber.disabled_at is not None:
        return _Nothing(Outcome.REMOVED, "it is off the list, or disabled")
    if subscriber.channel not in services.channels:
        return _Nothing(Outcome.NOT_SENT_NO_SENDER, "no sender is set")
    tier = _tier(uow, dispatch, subscriber)
    if tier is None:
        return _Nothing(Outcome.NEVER_TOLD, "nothing of this alert reached it")
    revision = uow.alerts.revision(dispatch.alert_id, dispatch.revision)
    try:
        letter = compose(services, uow, subscriber, revision, tier)
    except AddressUnreadableError as error:
        return _Nothing(Outcome.REJECTED, str(error))
    thread = tuple(letter_id(dispatch.alert_id, number) for number in uow.dispatch_results.thread(dispatch))
    return replace(letter, thread=thread, cursor=dispatch.seq)


def take_replay(services: Services, worker: str, replay_id: int, uow: UnitOfWork) -> ReplayErrand | None:
    """The next thing that a replay says; None if there is nothing to send now."""
    now = services.clock.now()
    replay_ = uow.replays.claim(replay_id, worker, now, LEASE)
    if replay_ is None:
        return None
    subscriber = uow.subscribers.get(replay_.subscriber)
    if subscriber is None or subscriber.disabled_at is not None or subscriber.channel is not Channel.WEBHOOK:
        uow.replays.close(replay_, worker, ChunkState.EXPIRED, now)
        return None
    position = replay_.position
    for _ in range(PASSED_OVER):
        posting = uow.postings.after(position, replay_.until)
        if posting is None:
            uow.replays.close(replay_, worker, ChunkState.DONE, now)
            return None
        if (errand := _said_again(services, uow, replay_, subscriber, posting)) is not None:
            return errand
        position = posting.seq
    uow.replays.went_on(replay_, worker, position, now, said=False)
    return None


def _tier(uow: UnitOfWork, dispatch: Dispatch, subscriber: Subscriber) -> int | None:
    """Judged now that every earlier one has ended (R5)."""
    before = uow.dispatch_results.told(dispatch.alert_id, dispatch.revision, dispatch.subscriber)
    known = before.get(dispatch.subscriber, NOTHING_YET)
    revision = uow.alerts.revision(dispatch.alert_id, dispatch.revision)
    return tier_for(subscriber, revision, told=known.told, owed=known.owed)


def _said_again(
    services: Services, uow: UnitOfWork, replay_: Replay, subscriber: Subscriber, posting: Posting
) -> ReplayErrand | None:
    revisions = [one for one in uow.alerts.revisions(posting.alert_id) if one.number <= posting.revision]
    tier = tier_in_replay(subscriber, revisions)
    if tier is None:
        return None
    letter = compose(services, uow, subscriber, revisions[-1], tier)
    return ReplayErrand(replay_, replace(letter, cursor=posting.seq, replayed=True))
