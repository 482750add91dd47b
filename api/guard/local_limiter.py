"""The budgets as one process counts them."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.guard.budget import Budget

MOST = 100_000  # buckets; the one that was used longest ago is forgotten first


class LocalLimiter:
    """Implements `Limiter` in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._lock = Lock()
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()  # what is left, and since when

    def wait(self, budget: Budget, who: str) -> float:
        """See `Limiter`."""
        key, now = (budget.name, who), self._clock()
        with self._lock:
            left, since = self._buckets.pop(key, (float(budget.burst), now))
            left = min(float(budget.burst), left + (now - since) * budget.per_second)
            taken = left >= 1.0
            self._buckets[key] = (left - 1.0 if taken else left, now)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
        return 0.0 if taken else (1.0 - left) / budget.per_second
