"""The fake FCM without any transport."""

from pathlib import Path

import orjson
import pytest

from workers.fcm.fake.exchange import Answer, Request
from workers.fcm.fake.faults import Breakage
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.service import FakeFcm

JWT = b"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b.c"


def ask(fcm: FakeFcm, method: str, path: str, body: bytes = b"") -> dict:
    answer = fcm.answer(Request(method, path, {}, body))
    assert answer.status == 200, answer.body
    return orjson.loads(answer.body)


def post(fcm: FakeFcm, message: object, bearer: str = "ya29.fake-1") -> Answer:
    headers = {"authorization": f"Bearer {bearer}"}
    body = orjson.dumps({"message": message})
    return fcm.answer(Request("POST", "/v1/projects/bosai-drill/messages:send", headers, body))


def android(token: str, revision: int = 1) -> dict:
    return {"token": token, "android": {"notification": {"tag": "a"}}, "data": {"revision": str(revision)}}


@pytest.fixture
def fcm(tmp_path: Path) -> FakeFcm:
    fake = FakeFcm(FakeOptions(tmp_path))
    ask(fake, "POST", "/token", JWT)
    return fake


def test_a_message_is_taken_in_within_the_latency_asked_for(fcm: FakeFcm) -> None:
    answers = [post(fcm, android(f"t{number}")) for number in range(200)]
    assert {answer.status for answer in answers} == {200}
    assert all(0.05 <= answer.delay <= 0.15 for answer in answers)
    assert len({answer.body for answer in answers}) == 200


def test_r15_a_device_told_twice_of_one_revision_is_a_duplicate(fcm: FakeFcm) -> None:
    for message in (android("t1"), android("t1"), android("t1"), android("t2"), android("t1", revision=2)):
        post(fcm, message)
    stats = ask(fcm, "GET", "/stats")
    assert (stats["accepted"], stats["duplicates"]) == (5, 1)
    assert {name: (count["devices"], count["duplicates"]) for name, count in stats["revisions"].items()} == {
        "a#1": (2, 1),
        "a#2": (1, 0),
    }


def test_r15_an_ios_duplicate_is_found_by_its_collapse_id(fcm: FakeFcm) -> None:
    for _ in range(2):
        post(fcm, {"fid": "f", "apns": {"headers": {"apns-collapse-id": "a"}}, "data": {"revision": "1"}})
    assert ask(fcm, "GET", "/stats")["revisions"]["a#1"]["duplicates"] == 1


def test_the_last_messages_are_shown_newest_first_without_the_bearer(fcm: FakeFcm) -> None:
    for number in range(5):
        post(fcm, android(f"t{number}"))
    shown = ask(fcm, "GET", "/messages?limit=2")["messages"]
    assert [entry["message"]["token"] for entry in shown] == ["t4", "t3"]
    assert "ya29" not in orjson.dumps(shown).decode()
    assert ask(fcm, "GET", "/messages?limit=0")["messages"] == []


def test_only_an_issued_token_sends(fcm: FakeFcm) -> None:
    assert post(fcm, android("t"), bearer="ya29.other").status == 401
    ask(fcm, "POST", "/revoke")
    assert post(fcm, android("t")).status == 401
    assert ask(fcm, "POST", "/token", JWT)["access_token"] == "ya29.fake-2"
    assert post(fcm, android("t"), bearer="ya29.fake-2").status == 200


@pytest.mark.parametrize("message", [None, 7, [], {}, {"token": 7}, {"topic": "all"}])
def test_what_is_no_message_to_a_device_is_refused(fcm: FakeFcm, message: object) -> None:
    answer = post(fcm, message)
    assert answer.status == 400
    assert orjson.loads(answer.body)["error"]["status"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/token", 404),
        ("GET", "/v1/projects/bosai-drill/messages:send", 404),
        ("POST", "/v1/projects/another/messages:send", 404),
        ("GET", "/messages?limit=-1", 400),
        ("POST", "/token", 400),
    ],
)
def test_a_wrong_request_is_told_so(fcm: FakeFcm, method: str, path: str, status: int) -> None:
    assert fcm.answer(Request(method, path, {}, b"nonsense")).status == status


def test_an_unanswered_message_counts_as_taken_in_and_a_lost_one_does_not(tmp_path: Path) -> None:
    for fault, accepted in (("unanswered", 1), ("lost", 0), ("refused", 0)):
        fake = FakeFcm(FakeOptions(tmp_path, faults={fault: 1.0}))
        ask(fake, "POST", "/token", JWT)
        assert post(fake, android("t")).breakage == Breakage(fault)
        assert ask(fake, "GET", "/stats")["accepted"] == accepted


def test_after_a_reset_counting_and_faults_begin_anew(tmp_path: Path) -> None:
    fake = FakeFcm(FakeOptions(tmp_path, faults={"throttled": 1.0}, retry_after=3))
    ask(fake, "POST", "/token", JWT)
    first = post(fake, android("t"))
    assert (first.status, first.retry_after) == (429, 3)
    assert post(fake, android("t")).status == 200
    ask(fake, "POST", "/reset")
    assert ask(fake, "GET", "/stats")["requests"] == 0
    assert post(fake, android("t")).status == 429


def test_options_survive_the_command_line(tmp_path: Path) -> None:
    options = FakeOptions(tmp_path, latency_ms=(1.5, 2.5), faults={"internal": 0.25}, goaway_after=9)
    assert FakeOptions.from_json(options.to_json()) == options
