"""An alarm that is opened is said in the log once; a flood of one kind is counted, not listed."""

import logging
from datetime import timedelta

import pytest

from alerts.store.alarm_log import LINES_A_MINUTE


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.INFO, logger="alerts.store.alarm_log")
    return lambda: [record.getMessage() for record in caplog.records]


@pytest.fixture
def raise_(town):
    def raised(key, kind, seconds=0):
        with town.database.write() as uow:
            uow.alarms.raise_(key, kind, f"{key} is odd", town.now + timedelta(seconds=seconds))

    return raised


def test_an_alarm_is_an_error_in_the_log_once_however_often_it_is_raised(town, raise_, said, caplog):
    for second in range(3):
        raise_("clock", "clock", second)
    assert said() == [f"{town.database.world.name} alarm, clock: clock is odd"]
    assert {record.levelname for record in caplog.records} == {"ERROR"}


def test_an_alarm_that_was_over_and_comes_again_is_said_again(town, raise_, said):
    raise_("feed:extra", "feed")
    with town.database.write() as uow:
        uow.alarms.clear("feed:extra", town.now)
    raise_("feed:extra", "feed", seconds=1)
    assert len(said()) == 2


def test_what_is_rolled_back_is_not_said(town, said):
    def fails():
        with town.database.write() as uow:
            uow.alarms.raise_("clock", "clock", "wrong", town.now)
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert said() == []


def test_r16_a_flood_of_held_telegrams_takes_a_few_lines_and_hides_no_other_kind(raise_, said):
    for number in range(50):
        raise_(f"held:{number}", "held", number / 10)
    raise_("clock", "clock", 6)
    *flood, more, clock = said()
    assert [line.split(": ")[-1] for line in flood] == [f"held:{n} is odd" for n in range(LINES_A_MINUTE)]
    assert "bosai check" in more
    assert "clock is odd" in clock


def test_after_the_minute_the_next_one_says_how_many_were_left_out(raise_, said):
    for number in range(12):
        raise_(f"held:{number}", "held")
    before = len(said())
    raise_("held:later", "held", 60)
    left_out, later = said()[before:]
    assert f"{12 - LINES_A_MINUTE} more" in left_out
    assert "held:later is odd" in later


def test_open_alarms_are_counted_by_kind(town, raise_):
    for second, (key, kind) in enumerate((("a", "held"), ("b", "held"), ("c", "clock"), ("d", "odd"))):
        raise_(key, kind, second)
    with town.database.write() as uow:
        uow.alarms.clear("d", town.now)
    with town.database.read() as uow:
        clock, held = uow.alarms.open_kinds()
        assert [alarm.key for alarm in uow.alarms.open(2)] == ["c", "b"]
    assert (clock.kind, clock.count, held.kind, held.count) == ("clock", 1, "held", 2)
    assert (held.since, held.last_at) == (town.now, town.now + timedelta(seconds=1))
