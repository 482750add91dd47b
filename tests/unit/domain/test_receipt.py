"""A phone's clock may be wrong; what it confirms is believable all the same."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alerts.receipt import believable

MADE = datetime(2026, 9, 1, 3, tzinfo=UTC)
NOW = MADE + timedelta(minutes=10)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_is_never_before_the_revision_and_never_in_the_future(at: datetime) -> None:
    assert MADE <= believable(at, MADE, NOW) <= NOW


@given(st.timedeltas(timedelta(0), NOW - MADE))
def test_a_time_that_can_be_is_kept(later: timedelta) -> None:
    assert believable(MADE + later, MADE, NOW) == MADE + later
