"""A budget lets so many through at once and so many a second after that, for each of them by itself."""

from hypothesis import given
from hypothesis import strategies as st

from api.guard.budget import Budget
from api.guard.local_limiter import LocalLimiter

SMALL = Budget("small", 3, 0.5)


class Clock:
    time = 1000.0

    def __call__(self) -> float:
        return self.time


def test_the_burst_passes_and_the_next_is_told_how_long_to_wait():
    limiter = LocalLimiter(Clock())
    assert [limiter.wait(SMALL, "a") for _ in range(4)] == [0.0, 0.0, 0.0, 2.0]


def test_who_waited_as_long_as_told_passes():
    clock = Clock()
    limiter = LocalLimiter(clock)
    for _ in range(3):
        limiter.wait(SMALL, "a")
    clock.time += limiter.wait(SMALL, "a")
    assert limiter.wait(SMALL, "a") == 0.0


def test_one_address_uses_up_nothing_of_another_and_one_budget_nothing_of_another():
    limiter = LocalLimiter(Clock())
    for _ in range(4):
        limiter.wait(SMALL, "a")
    assert limiter.wait(SMALL, "b") == 0.0
    assert limiter.wait(Budget("other", 1, 1.0), "a") == 0.0


def test_memory_is_bounded_however_many_addresses_there_are():
    limiter = LocalLimiter(Clock(), most=2)
    for who in "abc":
        limiter.wait(SMALL, who)
    assert len(limiter._buckets) == 2


@given(st.lists(st.floats(0, 20), max_size=60))
def test_never_more_than_the_burst_and_what_flowed_in(pauses):
    clock = Clock()
    limiter = LocalLimiter(clock)
    passed = 0
    for pause in pauses:
        clock.time += pause
        passed += limiter.wait(SMALL, "a") == 0.0
    assert passed <= SMALL.burst + sum(pauses) * SMALL.per_second + 1e-6
