"""One pace for all processes that send for a project: a bucket in Redis, or in the embedded Valkey (design.md §5)."""

import logging
import time

import redis

from alerts.alert import Urgency
from workers.fcm.pace import (
    CALM_SECONDS,
    RAMP_FLOOR,
    RAMP_SECONDS,
    RAMPED,
    RESERVED,
    LocalPace,
    Quota,
)

ANSWER_SECONDS = 0.2  # a broker that takes longer is no help to a push that goes out at ten thousand a second
ALONE_SECONDS = 2.0  # how long it is not asked again
HANDFUL = 200  # taken at a time, so that it is asked some fifty times a second and not for every message
ASK_AGAIN = 0.01  # seconds after the server had less than was wanted: its bucket fills evenly, and each question costs
KEEP_SECONDS = 0.5  # what of a handful was not used by then is forgotten
KEPT_IN_REDIS = 600  # seconds after the last message

_log = logging.getLogger(__name__)
_Kind = tuple[Urgency, bool]  # and whether it goes at once

# The same rules as `LocalPace`, by the server's own clock: processes on different hosts share one.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local rate, burst, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local reserved, ramped = tonumber(ARGV[4]), ARGV[5] == '1'
local floor, ramp, calm = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'held', 'ramp_tokens', 'ramp_at', 'ramp_from')
local tokens, at, held = tonumber(kept[1] or burst), tonumber(kept[2] or now), tonumber(kept[3] or 0)
tokens = math.min(burst, tokens + math.max(0, now - at) * rate)
local taken = 0
if now >= held then
  local free = tokens - reserved
  local ramp_tokens, ramp_at, ramp_from = tonumber(kept[4] or 0), tonumber(kept[5] or 0), tonumber(kept[6] or 0)
  if ramped then
    if now - ramp_at >= calm then ramp_from, ramp_tokens, ramp_at = now, rate * floor, now end
    local share = math.min(1, math.max(floor, (now - ramp_from) / ramp))
    ramp_tokens = math.min(rate * share, ramp_tokens + (now - ramp_at) * rate * share)
    free = math.min(free, ramp_tokens)
  end
  taken = math.max(0, math.min(wanted, math.floor(free)))
  tokens = tokens - taken
  if ramped then
    redis.call('HSET', KEYS[1], 'ramp_tokens', tostring(ramp_tokens - taken),
      'ramp_at', string.format('%.6f', now), 'ramp_from', string.format('%.6f', ramp_from))
  end
end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], ARGV[9])
return {taken, tostring(math.max(0, held - now))}
"""
_HOLD = """
local clock = redis.call('TIME')
local till = clock[1] + clock[2] / 1000000 + tonumber(ARGV[1])
local held = tonumber(redis.call('HGET', KEYS[1], 'held') or 0)
if till > held then redis.call('HSET', KEYS[1], 'held', string.format('%.6f', till)) end
redis.call('EXPIRE', KEYS[1], math.ceil(tonumber(ARGV[1])) + ARGV[2])
"""


class SharedPace:
    """Implements `Pace` for every process with the same server and name.

    Where the server does not answer, each process keeps the pace by itself for a while: a warning is not held up by
    what only keeps it polite, and FCM's own 429 still stops whoever is too fast.
    """

    def __init__(self, server: "redis.Redis", name: str, quota: Quota) -> None:
        """`server` is asked with its own time-outs; nothing is asked yet."""
        self._quota = quota
        self._alone = LocalPace(quota)
        self._alone_until = 0.0
        self._keys = [f"bosai:pace:{name}"]
        self._take = server.register_script(_TAKE)
        self._hold = server.register_script(_HOLD)
        self._hand: dict[_Kind, tuple[int, float]] = {}  # taken and not used, and since when
        self._ask_at: dict[_Kind, float] = {}
        self._held_until = 0.0

    def take(self, wanted: int, urgency: Urgency, *, at_once: bool = False) -> int:
        """See `Pace`."""
        now, kind = time.monotonic(), (urgency, at_once)
        if now < self._held_until:
            return 0
        left, since = self._hand.get(kind, (0, 0.0))
        left = left if now - since < KEEP_SECONDS else 0
        if left < wanted and now >= self._ask_at.get(kind, 0.0):
            missing = max(wanted - left, HANDFUL)
            given = self._ask(missing, kind, now)
            left, since = left + given, now
            self._ask_at[kind] = now + ASK_AGAIN if given < missing else 0.0
        taken = min(left, wanted)
        self._hand[kind] = left - taken, since
        return taken

    def hold(self, seconds: float) -> None:
        """See `Pace`."""
        self._held_until = max(self._held_until, time.monotonic() + seconds)
        self._hand.clear()
        self._alone.hold(seconds)
        try:
            self._hold(keys=self._keys, args=[seconds, KEPT_IN_REDIS])
        except redis.RedisError as error:
            self._go_alone(error)

    def held_for(self) -> float:
        """See `Pace`."""
        return max(0.0, self._held_until - time.monotonic())

    def _ask(self, wanted: int, kind: _Kind, now: float) -> int:
        urgency, at_once = kind
        if now < self._alone_until:
            return self._alone.take(wanted, urgency, at_once=at_once)
        quota = self._quota
        flow = [quota.rate, quota.burst, wanted, RESERVED[urgency] * quota.burst]
        ramp = [int(urgency in RAMPED and not at_once), RAMP_FLOOR, RAMP_SECONDS, CALM_SECONDS]
        try:
            taken, held = self._take(keys=self._keys, args=[*flow, *ramp, KEPT_IN_REDIS])
        except redis.RedisError as error:
            self._go_alone(error)
            return self._alone.take(wanted, urgency, at_once=at_once)
        if float(held) > 0:
            self._held_until = max(self._held_until, now + float(held))
        return int(taken)

    def _go_alone(self, error: Exception) -> None:
        self._alone_until = time.monotonic() + ALONE_SECONDS
        _log.warning("the shared pace of pushes cannot be asked, this process keeps it alone: %s", error)


def shared_pace(url: str, name: str, quota: Quota) -> SharedPace:
    """The pace at `redis://…`, or `unix://…` for a socket."""
    server = redis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS)
    return SharedPace(server, name, quota)
