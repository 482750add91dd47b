"""The budgets as all processes count them together, in Redis or in the embedded Valkey (design.md §5)."""

import logging
import time
from math import ceil

import redis

from api.guard.budget import Budget, Limiter

ANSWER_SECONDS = 0.2
ALONE_SECONDS = 2.0  # how long a server that did not answer is not asked again

_log = logging.getLogger(__name__)

# The same rule as `LocalLimiter`, by the server's own clock.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local burst, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left, at = tonumber(kept[1] or burst), tonumber(kept[2] or now)
left = math.min(burst, left + math.max(0, now - at) * rate)
local wait = 0
if left >= 1 then left = left - 1 else wait = (1 - left) / rate end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], ARGV[3])
return tostring(wait)
"""


class SharedLimiter:
    """Implements `Limiter` for every process with the same server; where it does not answer, each counts for itself."""

    def __init__(self, server: "redis.Redis", alone: Limiter) -> None:
        """`server` is asked with its own time-outs; nothing is asked yet."""
        self._take = server.register_script(_TAKE)
        self._alone = alone
        self._alone_until = 0.0

    def wait(self, budget: Budget, who: str) -> float:
        """See `Limiter`."""
        if time.monotonic() < self._alone_until:
            return self._alone.wait(budget, who)
        flow = [budget.burst, budget.per_second, ceil(budget.full_after) + 1]
        try:
            return float(self._take(keys=[f"bosai:limit:{budget.name}:{who}"], args=flow))
        except redis.RedisError as error:
            self._alone_until = time.monotonic() + ALONE_SECONDS
            _log.warning("the shared limits cannot be asked, this process counts alone: %s", error)
            return self._alone.wait(budget, who)
