"""One letter under way, and what its answer does to the rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random
from typing import Protocol

from alerts.channel.letter import Answer, Letter, Outcome, Taken
from alerts.channel.retry import wait_after
from alerts.service.channels.standing import note_failure, note_success
from alerts.store.dispatch import Dispatch
from alerts.store.replays import Replay
from alerts.store.states import ChunkState
from alerts.store.unit_of_work import UnitOfWork

GIVE_UP_REPLAY = timedelta(days=1)


class Errand(Protocol):
    """A claimed row with its letter."""

    @property
    def letter(self) -> Letter:
        """What is sent."""

    def record(self, uow: UnitOfWork, worker: str, answer: Answer, now: datetime) -> None:
        """Writes what became of it, in the caller's transaction."""

    def renew(self, uow: UnitOfWork, worker: str, now: datetime, lease: timedelta) -> None:
        """Keeps the claim."""


@dataclass(frozen=True, slots=True)
class DispatchErrand:
    """A revision for a subscriber."""

    dispatch: Dispatch
    letter: Letter

    def record(self, uow: UnitOfWork, worker: str, answer: Answer, now: datetime) -> None:
        """Ends the dispatch, or has it tried again; what is in doubt stays so (R5, R15)."""
        one, subscriber = self.dispatch, self.letter.subscriber
        if answer.taken is Taken.ACCEPTED:
            uow.dispatches.close(one, worker, Outcome.ACCEPTED, answer.detail, now)
            return note_success(uow, subscriber, now)
        doubtful = one.doubtful or answer.doubtful
        if answer.taken is Taken.REFUSED:
            uow.dispatches.close(one, worker, _unless(doubtful, Outcome.REJECTED), answer.detail, now)
        elif uow.dispatches.has_newer(one):
            uow.dispatches.close(one, worker, _unless(doubtful, Outcome.SUPERSEDED), answer.detail, now)
        else:
            due_at = min(now + wait_after(one.attempts, answer, random()), one.expires_at)  # noqa: S311 - jitter
            uow.dispatches.release(one, worker, due_at, answer.detail, doubtful=doubtful)
        return note_failure(uow, subscriber, answer, one.attempts, now)

    def renew(self, uow: UnitOfWork, worker: str, now: datetime, lease: timedelta) -> None:
        """Keeps the claim."""
        uow.dispatches.renew([self.dispatch.id], worker, now, lease)


@dataclass(frozen=True, slots=True)
class ReplayErrand:
    """The next thing of a replay."""

    replay: Replay
    letter: Letter

    def record(self, uow: UnitOfWork, worker: str, answer: Answer, now: datetime) -> None:
        """Goes on behind it once it is accepted; nothing is passed over, until a day is over."""
        one, subscriber = self.replay, self.letter.subscriber
        if answer.taken is Taken.ACCEPTED:
            uow.replays.went_on(one, worker, self.letter.cursor, now, said=True)
            return note_success(uow, subscriber, now)
        if answer.gone or now - one.created_at >= GIVE_UP_REPLAY:
            uow.replays.close(one, worker, ChunkState.EXPIRED, now)
        else:
            uow.replays.put_off(one, worker, now + wait_after(one.attempts, answer, random()), answer.detail)  # noqa: S311
        return note_failure(uow, subscriber, answer, one.attempts, now)

    def renew(self, uow: UnitOfWork, worker: str, now: datetime, lease: timedelta) -> None:
        """Keeps the claim."""
        uow.replays.renew([self.replay.id], worker, now, lease)


def _unless(doubtful: bool, outcome: Outcome) -> Outcome:
    return Outcome.IN_DOUBT if doubtful else outcome
