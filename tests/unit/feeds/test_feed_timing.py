"""When a feed is asked again, and a telegram tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from alerts.service.feeds.timing import (
    FIRST_RETRY,
    LAST_ATTEMPT,
    LONG_BACK_OFF_CEILING,
    RETRY_AFTER_CEILING,
    back_off,
    next_poll,
    next_try,
)

chances = st.floats(0, 1)


def seconds(time: timedelta) -> float:
    return time.total_seconds()


def test_the_next_poll_is_due_when_the_cached_answer_expires() -> None:
    assert seconds(next_poll(43.0, 0.0)) == 43.0


def test_two_installations_do_not_poll_in_step() -> None:
    assert next_poll(43.0, 0.1) != next_poll(43.0, 0.9)


@given(st.floats(-1e6, 1e9), chances)
def test_r23_no_header_makes_polls_frequent_and_none_makes_us_deaf(fresh: float, chance: float) -> None:
    assert 20 <= seconds(next_poll(fresh, chance)) <= 125


def test_r9_a_failing_feed_is_asked_ever_more_rarely_but_at_least_every_two_and_a_half_minutes() -> None:
    waits = [seconds(back_off(failures, None, 0.5)) for failures in range(1, 100)]
    assert waits[:4] == [20, 40, 80, 120]
    assert max(waits) == 120


def test_a_long_feed_that_fails_waits_longer_than_a_short_one() -> None:
    assert seconds(back_off(50, None, 0.5, LONG_BACK_OFF_CEILING)) == LONG_BACK_OFF_CEILING


@given(st.integers(1, 10_000), st.floats(0, 1e9), chances)
def test_r23_the_server_is_never_asked_before_it_wants_to_be(failures: int, asked: float, chance: float) -> None:
    assert seconds(back_off(failures, asked, chance)) >= min(asked, RETRY_AFTER_CEILING)


@given(st.integers(1, 10_000), st.floats(0, 1e9), chances)
def test_no_server_can_silence_us_for_longer_than_a_quarter_of_an_hour(
    failures: int, asked: float, chance: float
) -> None:
    assert seconds(back_off(failures, asked, chance)) <= 15 * 60


def test_a_missing_telegram_is_tried_soon_then_more_rarely_for_about_half_an_hour() -> None:
    waits = [seconds(next_try(attempts, None, 0.5)) for attempts in range(1, LAST_ATTEMPT)]
    assert waits[0] == FIRST_RETRY
    assert waits == sorted(waits)
    assert 25 * 60 <= sum(waits) <= 40 * 60
