"""How fast a project may send: FCM's quota, its ramp for ordinary pushes, and its own word to wait (push.md §4, §7.5).

The quota is messages a minute. Nineteen twentieths of it flow evenly and the last twentieth may leave at once, so no
minute, wherever it begins, holds more than the quota. Pushes of urgency `normal` start slowly, as FCM asks; warnings do
not, and neither does what takes back, corrects or ends what was told (R5). What is less urgent leaves the rest of the
bucket alone, so that what is critical overtakes it in every process.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from alerts.alert import Urgency

MINUTE = 60.0
EVENLY = 0.95  # of the quota
RAMP_SECONDS = 60.0  # from nothing to all
RAMP_FLOOR = 0.02  # of the rate: a push to few is not kept waiting
CALM_SECONDS = 60.0  # without normal pushes: the next ramp begins
RESERVED = {Urgency.CRITICAL: 0.0, Urgency.HIGH: 0.25, Urgency.NORMAL: 0.5, Urgency.NONE: 0.5}  # of the burst
RAMPED = frozenset({Urgency.NORMAL, Urgency.NONE})


@dataclass(frozen=True, slots=True)
class Quota:
    """What one Firebase project may send."""

    per_minute: int = 600_000

    @property
    def rate(self) -> float:
        """Messages a second that flow evenly."""
        return self.per_minute * EVENLY / MINUTE

    @property
    def burst(self) -> int:
        """Messages that may leave at once after a pause."""
        return int(self.per_minute - self.rate * MINUTE)


class Pace(Protocol):
    """Says how many messages may be handed over now. Never waits."""

    def take(self, wanted: int, urgency: Urgency, *, at_once: bool = False) -> int:
        """Takes up to `wanted` messages from what the project may send; returns how many. `at_once`: without a ramp."""

    def hold(self, seconds: float) -> None:
        """FCM wants to hear nothing of the whole project for so long."""

    def held_for(self) -> float:
        """Seconds for which nothing may be sent."""


class LocalPace:
    """The pace of a project that only this process sends for."""

    def __init__(self, quota: Quota, clock: Callable[[], float] = time.monotonic) -> None:
        self._quota = quota
        self._clock = clock
        self._lock = Lock()
        self._at = self._ramp_from = clock()
        self._tokens = float(quota.burst)
        self._ramp_tokens = 0.0
        self._ramp_at = self._at - CALM_SECONDS
        self._held_until = self._at

    def take(self, wanted: int, urgency: Urgency, *, at_once: bool = False) -> int:
        """See `Pace`."""
        is_ramped = urgency in RAMPED and not at_once
        with self._lock:
            now = self._clock()
            self._tokens = min(self._quota.burst, self._tokens + (now - self._at) * self._quota.rate)
            self._at = now
            if now < self._held_until:
                return 0
            free = self._tokens - RESERVED[urgency] * self._quota.burst
            if is_ramped:
                free = min(free, self._ramped(now))
            taken = max(0, min(wanted, int(free)))
            self._tokens -= taken
            self._ramp_tokens -= taken if is_ramped else 0
            return taken

    def hold(self, seconds: float) -> None:
        """See `Pace`."""
        with self._lock:
            self._held_until = max(self._held_until, self._clock() + seconds)

    def held_for(self) -> float:
        """See `Pace`."""
        return max(0.0, self._held_until - self._clock())

    def _ramped(self, now: float) -> float:
        """What the ramp allows; it begins anew after a calm minute."""
        rate = self._quota.rate
        if now - self._ramp_at >= CALM_SECONDS:
            self._ramp_from, self._ramp_tokens, self._ramp_at = now, rate * RAMP_FLOOR, now
        share = min(1.0, max(RAMP_FLOOR, (now - self._ramp_from) / RAMP_SECONDS))
        self._ramp_tokens = min(rate * share, self._ramp_tokens + (now - self._ramp_at) * rate * share)
        self._ramp_at = now
        return self._ramp_tokens
