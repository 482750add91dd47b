"""Every word that the page may have to show exists in Japanese."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.alert import Urgency
from alerts.ports import PushResult
from alerts.proposal import EvacuationOrder, ProposalState
from alerts.service.lapse import LAPSES_AFTER
from alerts.service.readiness import PARTS
from api.office import words
from api.times import rfc3339

NOON_UTC = datetime(2026, 9, 1, 12, 5, tzinfo=UTC)


def test_every_result_urgency_and_part_has_a_word():
    assert words.RESULTS.keys() == set(PushResult)
    assert words.URGENCIES.keys() == set(Urgency)
    assert words.ORDERS.keys() == set(EvacuationOrder)
    assert words.PROPOSALS.keys() == set(ProposalState)
    assert words.PARTS.keys() >= set(PARTS)
    of_a_cause = {"drill", "transition", "no_sender", "undecided", "rules", "channel", "channel_disabled"}
    assert words.ALARMS.keys() == {*LAPSES_AFTER, *of_a_cause}


def test_times_are_those_of_japan():
    assert words.clock(NOON_UTC) == "9月1日 21:05"
    assert words.hour(NOON_UTC) == "21:05"
    assert rfc3339(NOON_UTC) == "2026-09-01T21:05:00+09:00"
    assert words.clock(NOON_UTC + timedelta(hours=4)) == "9月2日 1:05"


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (0, "0秒前"),
        (59, "59秒前"),
        (60, "1分前"),
        (3_599, "59分前"),
        (3_600, "1時間前"),
        (90_000, "1日前"),
        (-5, "0秒前"),
    ],
)
def test_an_age_is_said_in_one_unit(passed, said):
    assert words.age(NOON_UTC, NOON_UTC + timedelta(seconds=passed)) == said
