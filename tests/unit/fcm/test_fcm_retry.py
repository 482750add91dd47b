"""When the sender tries again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.fcm.retry import RetryRule, Throttle

CHANCES = st.floats(0, 1, exclude_max=True)


@given(tries=st.integers(1, 30), chance=CHANCES)
def test_the_backoff_doubles_up_to_its_limit_with_half_of_it_by_chance(tries: int, chance: float) -> None:
    rule = RetryRule(first_wait=1.0, longest_wait=16.0)
    whole = min(16.0, 2.0 ** (tries - 1))
    assert whole / 2 <= rule.backoff(tries, lambda: chance) <= whole


@given(seconds=st.integers(1, 3600), chance=CHANCES)
def test_retry_after_is_never_cut_short(seconds: int, chance: float) -> None:
    wait = RetryRule().after_throttling(seconds, lambda: chance)
    assert seconds <= wait <= seconds * 1.1


def test_without_retry_after_a_minute_is_waited() -> None:
    assert RetryRule().after_throttling(0, lambda: 0.0) == pytest.approx(60.0)


def test_one_throttled_phone_in_a_hundred_does_not_stop_the_others() -> None:
    throttle = Throttle()
    assert not any(throttle.note(1, number % 100 == 0) for number in range(1000))
    assert not any(throttle.note(500, 25) for _ in range(10)), "nor one in twenty, however many come at a time"


def test_many_throttled_answers_stop_the_whole_sender() -> None:
    throttle = Throttle()
    stops = [throttle.note(1, 1) for _ in range(Throttle.TOO_MANY + 1)]
    assert stops == [False] * (Throttle.TOO_MANY - 1) + [True, False]


def test_what_was_accepted_long_ago_does_not_hide_that_all_are_throttled_now() -> None:
    throttle = Throttle()
    throttle.note(10_000, 0)
    assert throttle.note(Throttle.TOO_MANY, Throttle.TOO_MANY)
