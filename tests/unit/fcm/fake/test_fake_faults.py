"""Faults that repeat themselves."""

import orjson
import pytest
from firebase_admin import exceptions

from workers.fcm.fake.faults import FAULTS, FaultPlan, parse_shares

TOKENS = [f"token-{number}" for number in range(5000)]


def names(plan: FaultPlan, push: str = "a#1") -> list[object]:
    return [plan.fault_of(token, push) for token in TOKENS]


def test_the_same_seed_hits_the_same_tokens() -> None:
    shares = {"unregistered": 0.02, "unavailable": 0.1}
    assert names(FaultPlan(shares, 7, 1)) == names(FaultPlan(shares, 7, 1))
    assert names(FaultPlan(shares, 7, 1)) != names(FaultPlan(shares, 8, 1))


def test_each_fault_hits_its_share() -> None:
    hit = names(FaultPlan({"unregistered": 0.02, "unavailable": 0.1}, 1, 1))
    assert 70 <= hit.count(FAULTS["unregistered"]) <= 130
    assert 420 <= hit.count(FAULTS["unavailable"]) <= 580


def test_a_passing_fault_passes_and_comes_again_with_the_next_push() -> None:
    plan = FaultPlan({"unavailable": 1.0}, 1, 2)
    tries = [plan.fault_of("t", "a#1") is None for _ in range(4)]
    assert tries == [False, False, True, True]
    assert plan.fault_of("t", "a#2") is FAULTS["unavailable"]


def test_a_dead_token_stays_dead() -> None:
    plan = FaultPlan({"unregistered": 1.0}, 1, 1)
    assert [plan.fault_of("t", "a#1") for _ in range(3)] == [FAULTS["unregistered"]] * 3


def test_without_faults_every_token_is_fine() -> None:
    assert set(names(FaultPlan({}, 1, 1))) == {None}


def test_shares_are_read_from_the_command_line() -> None:
    assert parse_shares(["unregistered=0.02", "throttled=0.5"]) == {"unregistered": 0.02, "throttled": 0.5}
    with pytest.raises(ValueError, match=r"unknown fault 'late'; known are unregistered, "):
        parse_shares(["late=0.1"])


def test_more_faults_than_tokens_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 1"):
        FaultPlan({"internal": 0.6, "unavailable": 0.6}, 1, 1)


@pytest.mark.parametrize("fault", [fault for fault in FAULTS.values() if fault.breakage is None])
def test_an_error_says_the_same_in_status_line_and_body(fault: object) -> None:
    error = orjson.loads(fault.body)["error"]
    assert error["code"] == fault.http_status
    assert error["status"] in vars(exceptions).values()
