"""Answers leave when their time has come, in the order of their times."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from workers.fcm.fake.exchange import Answer
from workers.fcm.fake.wheel import Wheel

DELAYS = st.lists(st.floats(0.0001, 0.02), min_size=1, max_size=40)


@settings(max_examples=20, deadline=None)
@given(delays=DELAYS)
def test_no_answer_is_early_and_none_is_forgotten(delays: list[float]) -> None:
    async def run() -> list[tuple[int, float]]:
        loop, wheel = asyncio.get_running_loop(), Wheel()
        left: list[tuple[int, float]] = []
        begun = loop.time()
        for number, delay in enumerate(delays):
            wheel.put(lambda stream, _: left.append((stream, loop.time())), number, Answer(200, b"", delay))
        while len(left) < len(delays):
            await asyncio.sleep(0.001)
        return [(stream, at - begun) for stream, at in left]

    left = asyncio.run(asyncio.wait_for(run(), 60))
    assert sorted(stream for stream, _ in left) == list(range(len(delays)))
    assert all(waited >= delays[stream] - 0.0005 for stream, waited in left)
