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


def test_one_throttled_phone_does_not_stop_the_others() -> None:
    throttle = Throttle()
    for number in range(1000):
        throttle.note(number % 100 == 0, go_on_at=50.0)
    assert throttle.until == 0.0


def test_many_throttled_answers_stop_the_whole_sender() -> None:
    throttle = Throttle()
    for _ in range(Throttle.TOO_MANY):
        throttle.note(True, go_on_at=50.0)
    assert throttle.until == 50.0


def test_a_pause_is_never_shortened_by_a_later_answer() -> None:
    throttle = Throttle()
    for go_on_at in [50.0] * Throttle.TOO_MANY + [20.0] * Throttle.TOO_MANY:
        throttle.note(True, go_on_at)
    assert throttle.until == 50.0
