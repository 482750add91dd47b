"""A recording played on a stage, one thing after another, by the story's clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from time import sleep

from alerts.alert import Revision
from alerts.service.arrival import Incoming, Received
from alerts.service.receive import receive
from alerts.service.settle import next_due, settle
from bosai.replay.stage import Stage
from bosai.replay.telegrams import Recorded


@dataclass(frozen=True, slots=True)
class Played:
    """A telegram and what it did, or what time alone did; all its devices have an outcome."""

    at: datetime  # when it was seen
    revisions: tuple[Revision, ...]
    received: Received | None = None  # None: a follower that waited, an event that ran out


def steps(stage: Stage, recording: Sequence[Recorded], speed: float | None) -> Iterator[Played]:
    """Plays all of it. What JMA sent in one second comes in one poll.

    The story's clock is set to each telegram's own time, and on the way to whatever the night itself makes due: a
    follower that waited, an event that runs out. With a `speed` one waits for it, that many times shorter.
    """
    number = 0
    for issued_at, together in groupby(recording, key=lambda recorded: recorded.issued_at):
        if issued_at is not None:
            yield from _until(stage, issued_at, speed)
        poll = list(together)
        yield from _play(stage, poll, number)
        number += len(poll)
    yield from _until(stage, stage.clock.now() + stage.services.pack.policy.window, None)


def _until(stage: Stage, time: datetime, speed: float | None) -> Iterator[Played]:
    """Goes on to `time`, and settles on the way what is due before."""
    while (due := next_due(stage.services)) is not None and due < time:
        _wait(stage, due, speed)
        settled_at = stage.clock.now()
        revisions = settle(stage.services)
        stage.drain()
        yield Played(settled_at, tuple(revisions))
    _wait(stage, time, speed)


def _wait(stage: Stage, time: datetime, speed: float | None) -> None:
    ahead = (time - stage.clock.now()).total_seconds()
    if speed and ahead > 0:
        sleep(ahead / speed)
    stage.clock.forward_to(time)


def _play(stage: Stage, poll: Sequence[Recorded], number: int) -> Iterator[Played]:
    seen_at = stage.services.clock.now()
    batch = [
        Incoming(f"replay:{place:06}:{recorded.file.name}", recorded.file.name, recorded.raw, seen_at)
        for place, recorded in enumerate(poll, start=number)
    ]
    received = receive(stage.services, batch)
    stage.drain()
    yield from (Played(seen_at, one.revisions, one) for one in received)
