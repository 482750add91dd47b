"""When to try again, and when to stop (push.md §7.6)."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from secrets import SystemRandom

_random = SystemRandom()


def chance() -> float:
    """A number in [0, 1)."""
    return _random.random()


@dataclass(frozen=True, slots=True)
class RetryRule:
    """Bounds of trying again. All times in seconds."""

    tries: int = 5
    first_wait: float = 1.0  # doubled with every try
    longest_wait: float = 16.0
    throttled_wait: float = 60.0  # after a 429 that does not say how long
    patience: float = 90.0  # counted from the start of `send`; whoever would wait longer is reported

    def backoff(self, tries: int, chance: Callable[[], float]) -> float:
        """The wait after the nth try: half of it fixed, half by chance, so that failures do not come back together."""
        whole = min(self.longest_wait, self.first_wait * 2.0 ** (tries - 1))
        return whole * (0.5 + chance() / 2)

    def after_throttling(self, retry_after: float, chance: Callable[[], float]) -> float:
        """The wait after 429: never shorter than FCM says, up to a tenth longer."""
        return (retry_after or self.throttled_wait) * (1 + chance() / 10)


class Throttle:
    """Stops the whole sender while FCM throttles the project.

    One 429 may be about one phone (too many messages to it); many among the latest answers are about all of them.
    """

    WINDOW = 100
    TOO_MANY = 20

    def __init__(self) -> None:
        self._recent: deque[bool] = deque(maxlen=self.WINDOW)
        self.until = 0.0  # monotonic time at which sending goes on

    def note(self, throttled: bool, go_on_at: float) -> None:
        """One answer, and when it may be tried again."""
        self._recent.append(throttled)
        if throttled and sum(self._recent) >= self.TOO_MANY:
            self._recent.clear()
            self.until = max(self.until, go_on_at)
