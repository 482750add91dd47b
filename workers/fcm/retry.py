"""When to try again, and when to stop (push.md §7.6)."""

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
    patience: float = 10.0  # from when a job was taken on: whoever would wait longer is reported, and tried again later

    def backoff(self, tries: int, chance: Callable[[], float]) -> float:
        """The wait after the nth try: half of it fixed, half by chance, so that failures do not come back together."""
        whole = min(self.longest_wait, self.first_wait * 2.0 ** (tries - 1))
        return whole * (0.5 + chance() / 2)

    def after_throttling(self, retry_after: float, chance: Callable[[], float]) -> float:
        """The wait after 429: never shorter than FCM says, up to a tenth longer."""
        return (retry_after or self.throttled_wait) * (1 + chance() / 10)


class Throttle:
    """Tells when FCM throttles the whole project, and not only one phone that gets too many messages.

    One 429 may be about one phone; many among the latest answers are about all of them.
    """

    WINDOW = 100
    TOO_MANY = 20

    def __init__(self) -> None:
        self._answers = 0
        self._throttled = 0

    def note(self, answers: int, throttled: int) -> bool:
        """Some answers, and how many of them were 429; True if everybody should wait now."""
        self._answers += answers
        self._throttled += throttled
        too_many = self._throttled >= self.TOO_MANY and self._throttled * self.WINDOW >= self.TOO_MANY * self._answers
        if too_many or self._answers >= self.WINDOW:
            self._answers = self._throttled = 0
        return too_many
