"""Who is handed over next: the most urgent first, and of them those who waited for another try (design.md §4)."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count, islice

from alerts.alert import Change, Urgency
from alerts.ports import PushJob, PushTarget
from alerts.wording.message import PhoneMessage
from workers.fcm.payload import Template

WITHDRAWALS = frozenset({Change.LOWER, Change.END, Change.CORRECT, Change.RETRACT})  # in fifteen seconds (R5)
ORDINARY_SHARE = 0.8  # of all streams: the rest stays free for critical pushes, whatever answers are awaited


@dataclass(slots=True, eq=False)
class Load:
    """A job, encoded."""

    job: PushJob
    template: Template
    lane: "Lane"
    give_up_at: float  # monotonic: whoever would wait for another try beyond is reported


@dataclass(slots=True, eq=False)
class Delivery:
    """One device on its way to an outcome."""

    target: PushTarget
    load: Load
    tries: int = 0
    renewed: bool = False  # it was sent again with a new OAuth token


_order = count()


@dataclass(slots=True)
class Lane:
    """The devices of one urgency that are not on their way.

    `at_once`: only what changes or ends what was told, which no ramp holds up.
    """

    urgency: Urgency
    at_once: bool = False
    in_flight: int = 0
    _fresh: deque[tuple[Load, Iterator[PushTarget]]] = field(default_factory=deque)
    _fresh_left: int = 0
    _waiting: list[tuple[float, int, Delivery]] = field(default_factory=list)  # heap by the time of the next try

    @property
    def is_critical(self) -> bool:
        """Whether every stream is free for it."""
        return self.urgency is Urgency.CRITICAL

    def is_for(self, message: PhoneMessage) -> bool:
        """Whether the lane takes a message; asked in the order of `lanes`."""
        return message.urgency is self.urgency and (message.change in WITHDRAWALS or not self.at_once)

    def add(self, load: Load) -> None:
        """All devices of a job."""
        self._fresh.append((load, iter(load.job.targets)))
        self._fresh_left += len(load.job.targets)

    def put_off(self, delivery: Delivery, until: float) -> None:
        """Another try, not before a monotonic time."""
        heappush(self._waiting, (until, next(_order), delivery))

    def ready(self, now: float, most: int) -> int:
        """How many could be handed over now; more than `most` are not counted."""
        due = sum(until <= now for until, _, _ in self._waiting) if self._fresh_left < most else 0
        return min(most, self._fresh_left + due)

    def take(self, most: int, now: float) -> list[Delivery]:
        """First those who waited long enough, then fresh ones; as many as there are, up to `most`."""
        taken: list[Delivery] = []
        while len(taken) < most and self._waiting and self._waiting[0][0] <= now:
            taken.append(heappop(self._waiting)[2])
        while len(taken) < most and self._fresh:
            load, targets = self._fresh[0]
            fresh = [Delivery(target, load) for target in islice(targets, most - len(taken))]
            if not fresh:
                self._fresh.popleft()
            self._fresh_left -= len(fresh)
            taken += fresh
        return taken

    def take_all(self, which: Callable[[Load], bool]) -> Iterator[Delivery]:
        """Takes everybody out whose load is one of these."""
        waiting, self._waiting = self._waiting, []
        for until, order, delivery in waiting:
            if which(delivery.load):
                yield delivery
            else:
                heappush(self._waiting, (until, order, delivery))
        fresh, self._fresh = self._fresh, deque()
        for load, targets in fresh:
            if which(load):
                for target in targets:
                    self._fresh_left -= 1
                    yield Delivery(target, load)
            else:
                self._fresh.append((load, targets))

    @property
    def next_at(self) -> float | None:
        """When the first of those who wait is due."""
        return self._waiting[0][0] if self._waiting else None

    @property
    def is_empty(self) -> bool:
        """Whether everybody is on the way or has an outcome."""
        return not self._waiting and self._fresh_left == 0


def lanes() -> tuple[Lane, ...]:
    """Two lanes for each urgency, the most urgent first."""
    return tuple(Lane(urgency, at_once) for urgency in Urgency for at_once in (True, False))
