"""R24: two approvers reachable, a monthly exercise for everybody, and never nobody who can let people in."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.people.officer import Officer, is_last_administrator, reachable_approvers
from alerts.people.practice import Practice, practice
from alerts.people.request import Act, Obstacle, Request, RequestState
from alerts.people.role import Role

NOW = datetime(2026, 9, 1, 18, 0, tzinfo=UTC)  # the second of September in Japan


def officer(name, *roles, **more):
    return Officer(name, name, name, frozenset(roles), NOW, **more)


def test_an_approver_counts_who_said_that_he_can_be_reached_now():
    later, before = NOW + timedelta(hours=1), NOW - timedelta(minutes=1)
    people = [
        officer("here", Role.APPROVER, reachable_until=later),
        officer("gone", Role.APPROVER, reachable_until=before),
        officer("silent", Role.APPROVER),
        officer("author", Role.AUTHOR, reachable_until=later),
        officer("shut out", Role.APPROVER, reachable_until=later, disabled_at=before),
    ]
    assert [each.id for each in reachable_approvers(people, NOW)] == ["here"]


@pytest.mark.parametrize(
    ("acted", "stands"),
    [
        (datetime(2026, 8, 31, 15, 0, tzinfo=UTC), Practice.DONE),  # the first of September in Japan
        (datetime(2026, 8, 31, 14, 59, tzinfo=UTC), Practice.DUE),
        (datetime(2026, 7, 31, 14, 59, tzinfo=UTC), Practice.OVERDUE),
        (datetime(2025, 9, 15, tzinfo=UTC), Practice.OVERDUE),
        (None, Practice.OVERDUE),
    ],
)
def test_practice_is_judged_by_japan_s_months(acted, stands):
    assert practice(acted, NOW) is stands


def test_the_last_administrator_is_the_last_who_may_come_in():
    one, other = officer("one", Role.ADMINISTRATOR), officer("other", Role.ADMINISTRATOR, disabled_at=NOW)
    assert is_last_administrator(one, [one, other])
    assert not is_last_administrator(one, [one, officer("third", Role.ADMINISTRATOR)])
    assert not is_last_administrator(officer("author", Role.AUTHOR), [one])


@pytest.mark.parametrize(
    ("by", "state", "hours", "obstacle"),
    [
        ("other", RequestState.OPEN, 1, None),
        ("one", RequestState.OPEN, 1, Obstacle.OWN),
        ("other", RequestState.OPEN, 24, Obstacle.OLD),
        ("other", RequestState.DONE, 1, Obstacle.DECIDED),
        ("other", RequestState.REFUSED, 1, Obstacle.DECIDED),
    ],
)
def test_an_act_is_confirmed_once_in_time_and_by_another_one(by, state, hours, obstacle):
    request = Request("id", Act.DISABLE, "x", "x", "x", frozenset({Role.AUTHOR}), "one", NOW, state)
    assert request.obstacle(by, NOW + timedelta(hours=hours)) is obstacle
