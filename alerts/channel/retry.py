"""When a letter is tried again (R27): soon at first, then ever more patiently, never in step with others."""

from datetime import timedelta

from alerts.channel.letter import Answer

WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 10, 20, 40, 80, 160, 300, 600, 900))
JITTER = 0.2  # up to this part longer: after an outage not everybody comes back at once
DISABLE_AFTER = timedelta(days=5)
DISABLE_FAILURES = 20  # at least: alerts are rare, and two failures a week apart are no proof


def wait_after(attempts: int, answer: Answer, chance: float) -> timedelta:
    """How long to wait after so many tries; never shorter than the receiver asks. `chance` is 0 to 1."""
    own = WAITS[min(attempts, len(WAITS)) - 1]
    return max(own, timedelta(seconds=answer.wait)) * (1 + JITTER * chance)
