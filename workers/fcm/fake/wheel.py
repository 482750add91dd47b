"""When answers leave: those due in the same millisecond together, for the price of one timer."""

import asyncio
import math
from collections.abc import Callable

from workers.fcm.fake.exchange import Answer

Reply = Callable[[int, Answer], None]  # on a stream of the connection that the reply belongs to
_A_SECOND = 1000  # ticks: the loop's timers are no finer


class Wheel:
    """Lets answers leave when their time has come, never before."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ticks: dict[int, list[tuple[Reply, int, Answer]]] = {}

    def put(self, reply: Reply, stream: int, answer: Answer) -> None:
        """Has the answer given once its delay is over."""
        tick = math.ceil((self._loop.time() + answer.delay) * _A_SECOND)
        due = self._ticks.get(tick)
        if due is None:
            due = self._ticks[tick] = []
            self._loop.call_at(tick / _A_SECOND, self._turn, tick)
        due.append((reply, stream, answer))

    def _turn(self, tick: int) -> None:
        for reply, stream, answer in self._ticks.pop(tick):
            reply(stream, answer)
