"""How much one address or one phone may do: a bucket that holds so many requests and fills evenly (issue 7.7).

Behind one address there may be a shelter with a thousand people, or a mobile carrier with a whole town, on the very
evening on which all of them install the app. The budgets of an address are made for that; whoever invents phones by the
million finds them narrow all the same.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Budget:
    """So many requests at once after a pause, and so many a second from then on."""

    name: str  # of its own bucket: a word for the key
    burst: int
    per_second: float

    @property
    def full_after(self) -> float:
        """Seconds after which an empty bucket is full again, and can be forgotten."""
        return self.burst / self.per_second


REGISTRATIONS = Budget("registrations", 2000, 20.0)  # of one address
UNPROVEN = Budget("unproven", 300, 2.0)  # of one address, while Google cannot say which app it is
CHANGES = Budget("changes", 60, 0.5)  # of one phone: districts, choices, codes, secrets


class Limiter(Protocol):
    """Counts what was done. Never raises, and never waits for long."""

    def wait(self, budget: Budget, who: str) -> float:
        """Takes one request from a bucket: 0.0 if it may be done, else the seconds until it may; then none is taken."""
