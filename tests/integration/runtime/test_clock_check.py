"""A host whose clock is not the database server's is found, before it takes leases away from others."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bosai.clock import SystemClock
from bosai.clock_check import clock_problem


@dataclass
class WrongClock:
    """This machine's clock, wrong by so much."""

    by: timedelta

    def now(self):
        return datetime.now(UTC) + self.by


def test_clocks_that_agree_are_no_problem(database):
    assert clock_problem(database, SystemClock()) is None


@pytest.mark.parametrize(("seconds", "said"), [(30, "s behind this machine's"), (-30, "s ahead of this machine's")])
def test_clocks_that_differ_are_said_where_the_server_has_one_of_its_own(database, seconds, said):
    problem = clock_problem(database, WrongClock(timedelta(seconds=seconds)))
    if database.server_time() is None:
        assert database.safe_url.startswith("sqlite")
        assert problem is None
    else:
        assert said in problem


def test_a_slow_answer_is_no_wrong_clock(database):
    class Slow:
        def __init__(self):
            self.times = [datetime.now(UTC) - timedelta(seconds=5), datetime.now(UTC) + timedelta(seconds=5)]

        def now(self):
            return self.times.pop(0)

    assert clock_problem(database, Slow()) is None
