"""What FCM's answers mean for a device."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.ports import PushResult
from workers.fcm.fake.faults import FAULTS
from workers.fcm.outcomes import Next, read_answer, unanswered


@pytest.mark.parametrize(
    ("fault", "then", "result"),
    [
        ("unregistered", Next.REPORT, PushResult.UNREGISTERED),
        ("invalid", Next.REPORT, PushResult.INVALID),
        ("sender_mismatch", Next.REPORT, PushResult.SENDER_MISMATCH),
        ("third_party", Next.REPORT, PushResult.RETRIES_EXHAUSTED),
        ("unauthenticated", Next.RENEW, PushResult.RETRIES_EXHAUSTED),
        ("throttled", Next.WAIT, PushResult.THROTTLED),
        ("internal", Next.RETRY, PushResult.RETRIES_EXHAUSTED),
        ("unavailable", Next.RETRY, PushResult.RETRIES_EXHAUSTED),
    ],
)
def test_each_error_of_fcm_has_its_outcome(fault: str, then: Next, result: PushResult) -> None:
    answer = read_answer(FAULTS[fault].http_status, FAULTS[fault].body)
    assert (answer.verdict.then, answer.verdict.result) == (then, result)
    assert answer.provider_id is None
    assert answer.error is not None
    assert answer.error.startswith(str(FAULTS[fault].http_status))


def test_an_accepted_message_brings_its_name() -> None:
    answer = read_answer(200, b'{"name": "projects/p/messages/0:1"}')
    assert (answer.verdict.result, answer.provider_id) == (PushResult.ACCEPTED, "projects/p/messages/0:1")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"<html>welcome to our wifi</html>", b'{"name": 7}'])
def test_a_200_without_the_name_of_a_message_is_not_taken_for_accepted(body: bytes) -> None:
    assert read_answer(200, body).verdict.then is Next.RETRY


@pytest.mark.parametrize(("status", "name"), [(404, "NOT_FOUND"), (403, "PERMISSION_DENIED")])
def test_a_project_that_is_set_up_wrong_costs_no_phone_its_token(status: int, name: str) -> None:
    answer = read_answer(status, orjson.dumps({"error": {"code": status, "message": "no", "status": name}}))
    assert answer.verdict.result is PushResult.RETRIES_EXHAUSTED
    assert answer.error == f"{status} {name}: no"


@given(status=st.integers(0, 999), body=st.binary() | st.recursive(st.none() | st.text(), st.lists).map(orjson.dumps))
def test_r16_nothing_unknown_is_taken_for_accepted_or_for_a_dead_token(status: int, body: bytes) -> None:
    result = read_answer(status, body).verdict.result
    assert result not in (PushResult.ACCEPTED, PushResult.UNREGISTERED, PushResult.SENDER_MISMATCH)


def test_a_lost_connection_is_tried_again() -> None:
    answer = unanswered("connection reset")
    assert (answer.verdict.then, answer.error) == (Next.RETRY, "no answer: connection reset")


def test_an_error_is_short_enough_to_be_kept() -> None:
    long = {"error": {"code": 400, "message": "x" * 5000, "status": "INVALID_ARGUMENT"}}
    assert len(read_answer(400, orjson.dumps(long)).error or "") == 200
