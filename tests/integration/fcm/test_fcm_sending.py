"""Messages on their way to a real HTTP/2 server, and their outcomes on the way back."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alerts.alert import Urgency
from alerts.ports import Platform, PushJob, PushOutcome, PushResult, StopSendingError
from workers.fcm.fake.process import FakeFcmProcess
from workers.fcm.retry import RetryRule, Throttle

JobOf = Callable[..., PushJob]


@pytest.fixture(params=["http2", "sdk"])
def carrier(request: pytest.FixtureRequest) -> str:
    """What holds for the one holds for the other."""
    return request.param


def test_every_device_of_every_job_is_accepted_once(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    jobs = [job_of(700), job_of(300, first=700, platform=Platform.IOS), job_of(200, first=1000, kind="fid")]
    stage.send(stage.sender_to(fake), *jobs)
    assert stage.recorder.devices == list(range(1200))
    assert stage.recorder.results == {PushResult.ACCEPTED: 1200}
    assert len({outcome.provider_id for outcome in stage.recorder.outcomes}) == 1200
    stats = fake.stats()
    assert (stats["accepted"], stats["duplicates"]) == (1200, 0)


def test_connections_speak_http2_and_outlive_a_call(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake, connections=4)
    for revision in (1, 2, 3):
        stage.send(sender, job_of(1000, revision=revision))
    assert fake.stats()["connections"]["h2"] <= 4
    assert fake.stats()["tokens_issued"] == 1


def test_a_sender_with_connections_of_another_process_refuses_to_use_them(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake)
    stage.send(sender, job_of(1))
    child = os.fork()
    if child == 0:  # a forked worker: nothing of pytest's may run here
        try:
            stage.send(sender, job_of(1, first=1))
        except RuntimeError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    stage.send(sender, job_of(1, first=2))
    assert stage.recorder.results == {PushResult.ACCEPTED: 2}


def test_outcomes_come_in_batches_and_a_sign_of_life_while_there_are_none(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(latency_ms=(450.0, 500.0))
    stage.send(stage.sender_to(fake), job_of(1400))
    first_outcomes = next(number for number, batch in enumerate(stage.recorder.batches) if batch)
    assert first_outcomes >= 2
    assert max(len(batch) for batch in stage.recorder.batches) <= 500
    assert stage.recorder.devices == list(range(1400))


@pytest.mark.parametrize(
    ("fault", "result", "error"),
    [
        ("unregistered", PushResult.UNREGISTERED, "404 UNREGISTERED"),
        ("invalid", PushResult.INVALID, "400 INVALID_ARGUMENT"),
        ("sender_mismatch", PushResult.SENDER_MISMATCH, "403 SENDER_ID_MISMATCH"),
        ("third_party", PushResult.RETRIES_EXHAUSTED, "401 THIRD_PARTY_AUTH_ERROR"),
    ],
)
def test_a_final_error_is_reported_after_one_try(
    stage, job_of: JobOf, fault: str, result: PushResult, error: str
) -> None:
    fake = stage.start_fake(faults={fault: 1.0})
    stage.send(stage.sender_to(fake), job_of(50))
    assert stage.recorder.results == {result: 50}
    assert all((outcome.error or "").startswith(error) for outcome in stage.recorder.outcomes)
    assert fake.stats()["requests"] == 50


@pytest.mark.parametrize("fault", ["internal", "unavailable", "throttled", "refused", "unauthenticated"])
def test_a_passing_error_is_tried_again_and_nobody_is_told_twice(stage, job_of: JobOf, fault: str) -> None:
    fake = stage.start_fake(faults={fault: 0.2}, retry_after=1)
    stage.send(stage.sender_to(fake), job_of(100))
    assert stage.recorder.results == {PushResult.ACCEPTED: 100}
    stats = fake.stats()
    assert stats["requests"] > 100
    assert (stats["accepted"], stats["duplicates"]) == (100, 0)


@pytest.mark.parametrize(
    ("fault", "result"), [("unavailable", PushResult.RETRIES_EXHAUSTED), ("throttled", PushResult.THROTTLED)]
)
def test_r27_an_error_that_does_not_pass_ends_after_a_bounded_number_of_tries(
    stage, job_of: JobOf, fault: str, result: PushResult
) -> None:
    fake = stage.start_fake(faults={fault: 1.0}, repeats=1000, retry_after=1)
    rule = RetryRule(tries=3, first_wait=0.01, longest_wait=0.02)
    stage.send(stage.sender_to(fake, rule=rule), job_of(10))
    assert stage.recorder.results == {result: 10}
    assert fake.stats()["requests"] == 30


def test_retry_after_is_honoured(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(faults={"throttled": 1.0}, retry_after=1)
    stage.send(stage.sender_to(fake), job_of(5))
    assert stage.recorder.results == {PushResult.ACCEPTED: 5}
    arrivals = arrivals_by_device(fake)
    assert all(second - first >= 1.0 for first, second in arrivals.values())


def test_a_retry_after_beyond_all_patience_ends_as_throttled_at_once(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(faults={"throttled": 1.0}, retry_after=3600)
    stage.send(stage.sender_to(fake), job_of(400))
    assert stage.recorder.results == {PushResult.THROTTLED: 400}
    assert stage.recorder.devices == list(range(400))


def test_a_throttled_project_stops_the_whole_sender(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(faults={"throttled": 1.0}, repeats=1000, retry_after=3600)
    sender = stage.sender_to(fake, connections=1, streams=Throttle.TOO_MANY)
    stage.send(sender, job_of(300))
    assert stage.recorder.results == {PushResult.THROTTLED: 300}
    assert fake.stats()["requests"] <= 2 * Throttle.TOO_MANY


def test_r22_what_expired_before_it_was_handed_over_is_not_sent(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    stage.clock.ahead = timedelta(hours=7)
    stage.send(stage.sender_to(fake), job_of(20))
    assert stage.recorder.results == {PushResult.EXPIRED: 20}
    assert fake.stats()["requests"] == 0


def test_r22_what_expires_while_it_waits_for_another_try_is_not_sent_again(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(faults={"throttled": 1.0}, repeats=1000, retry_after=2)

    def record_and_let_hours_pass(outcomes: Sequence[PushOutcome]) -> None:
        stage.recorder.record(outcomes)
        if not stage.clock.ahead and fake.stats()["requests"] == 10:
            stage.clock.ahead = timedelta(hours=7)

    stage.sender_to(fake).send([job_of(10)], stage.clock, record_and_let_hours_pass)
    assert stage.recorder.results == {PushResult.EXPIRED: 10}
    assert fake.stats()["requests"] == 10


def test_when_nothing_can_be_recorded_sending_stops_at_once(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(latency_ms=(20.0, 60.0))
    sender = stage.sender_to(fake, connections=2)

    def refuse(outcomes: Sequence[PushOutcome]) -> None:
        if outcomes:
            raise StopSendingError("the lease ended")

    with pytest.raises(StopSendingError, match="the lease ended"):
        sender.send([job_of(20_000)], stage.clock, refuse)
    seen = fake.stats()["requests"]
    assert seen <= 500 + 2 * 200  # a batch that was not recorded, and what was in flight
    stage.send(sender, job_of(100, first=50_000))
    assert stage.recorder.results == {PushResult.ACCEPTED: 100}
    assert fake.stats()["requests"] <= seen + 200 + 100


def test_while_the_books_are_behind_nothing_more_is_handed_over(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    seen: list[int] = []

    def behind_at_first(outcomes: Sequence[PushOutcome]) -> bool:
        stage.recorder.record(outcomes)
        seen.append(fake.stats()["requests"])
        return len(seen) < 10

    def jobs() -> Iterator[PushJob | None]:
        while not seen:
            yield None
        yield job_of(2000)

    stage.sender_to(fake).send(jobs(), stage.clock, behind_at_first)
    assert seen[:10] == [0] * 10
    assert stage.recorder.results == {PushResult.ACCEPTED: 2000}


def test_what_is_critical_overtakes_what_is_being_sent(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(latency_ms=(80.0, 120.0))
    warning, alarm = job_of(3000, urgency=Urgency.HIGH), job_of(100, first=5000)

    def jobs() -> Iterator[PushJob | None]:
        yield warning
        while len(stage.recorder.outcomes) < 200:
            yield None
        yield alarm

    sender = stage.sender_to(fake, connections=2)
    sender.send(jobs(), stage.clock, stage.recorder.record)
    order = [outcome.device for outcome in stage.recorder.outcomes]
    assert sorted(order) == [*range(3000), *range(5000, 5100)]
    last_alarm = max(place for place, device in enumerate(order) if device >= 5000)
    assert last_alarm < 1500, "the rest of the warning waited for it"


def test_a_job_that_fcm_would_refuse_for_every_phone_keeps_no_other_waiting(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    good, long = job_of(10), job_of(5, first=10)
    long = replace(long, message=replace(long.message, body="あ" * 2000))
    stage.send(stage.sender_to(fake), long, good)
    assert stage.recorder.results == {PushResult.ACCEPTED: 10, PushResult.RETRIES_EXHAUSTED: 5}
    assert fake.stats()["requests"] == 10


def test_outcomes_are_reported_under_the_chunk_of_their_job(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    stage.send(stage.sender_to(fake), replace(job_of(3), chunk=7), replace(job_of(3, revision=2), chunk=8))
    assert sorted((outcome.chunk, outcome.device) for outcome in stage.recorder.outcomes) == [
        (chunk, device) for chunk in (7, 8) for device in range(3)
    ]


def test_r15_a_second_call_for_the_same_revision_is_counted_as_duplicates(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake)
    for count in (50, 20):
        stage.send(sender, job_of(count))
    stage.send(sender, job_of(50, revision=2))
    assert fake.stats()["duplicates"] == 20
    tags = {entry["message"]["android"]["notification"]["tag"] for entry in fake.messages(200)}
    assert tags == {"a-storm-1"}


def test_a_revoked_oauth_token_is_replaced_once_and_everybody_is_told(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake)
    stage.send(sender, job_of(10))
    fake.ask("POST", "/revoke")
    stage.send(sender, job_of(500, first=10))
    assert stage.recorder.results == {PushResult.ACCEPTED: 510}
    stats = fake.stats()
    assert (stats["tokens_issued"], stats["duplicates"]) == (2, 0)


def test_a_server_that_is_gone_ends_every_device_with_the_reason(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake, rule=RetryRule(tries=2, first_wait=0.01))
    stage.send(sender, job_of(1))
    fake.stop()
    stage.send(sender, job_of(300, first=1))
    assert stage.recorder.results == {PushResult.ACCEPTED: 1, PushResult.RETRIES_EXHAUSTED: 300}
    assert all("no answer" in (outcome.error or "") for outcome in stage.recorder.outcomes[1:])


def test_a_server_that_comes_back_is_used_again(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake, rule=RetryRule(tries=50, first_wait=0.2, longest_wait=0.2))
    stage.send(sender, job_of(1))
    fake.stop()
    fake.start()
    stage.send(sender, job_of(300, first=1))
    assert stage.recorder.results == {PushResult.ACCEPTED: 301}


def test_without_an_oauth_token_nothing_is_sent_and_everybody_has_an_outcome(stage, job_of: JobOf) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake, rule=RetryRule(patience=0.3))
    fake.stop()
    stage.send(sender, job_of(100))
    assert stage.recorder.results == {PushResult.RETRIES_EXHAUSTED: 100}
    assert {outcome.error for outcome in stage.recorder.outcomes} == {"no OAuth token for FCM in time"}


def test_r1_a_proxy_in_the_environment_does_not_take_a_drill_elsewhere(
    stage, job_of: JobOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    fake = stage.start_fake()
    stage.send(stage.sender_to(fake), job_of(10))
    assert stage.recorder.results == {PushResult.ACCEPTED: 10}


def test_a_server_of_another_authority_is_not_trusted(stage, job_of: JobOf) -> None:
    fake, stranger = stage.start_fake(), stage.start_fake()
    fake.ca = stranger.ca
    stage.send(stage.sender_to(fake, rule=RetryRule(patience=0.5)), job_of(5))
    assert stage.recorder.results == {PushResult.RETRIES_EXHAUSTED: 5}
    assert stranger.stats()["requests"] == 0


def test_many_devices_with_all_faults_at_once_each_end_with_one_outcome(stage, carrier: str, job_of: JobOf) -> None:
    shares = dict.fromkeys(
        ("unregistered", "invalid", "sender_mismatch", "unauthenticated", "throttled", "internal", "unavailable"), 0.04
    )
    # the SDK is slow, and sends again what was in flight when a connection ends
    each, broken = (1000, {"goaway_after": 400}) if carrier == "http2" else (200, {})
    fake = stage.start_fake(faults={**shares, "refused": 0.02}, **broken)
    sender = stage.sender_to(fake, connections=5)
    stage.send(sender, job_of(each), job_of(each, first=each, platform=Platform.IOS))
    assert stage.recorder.devices == list(range(2 * each))
    stats = fake.stats()
    assert stats["duplicates"] == 0
    assert stage.recorder.results[PushResult.ACCEPTED] == stats["accepted"]
    assert stage.recorder.results[PushResult.UNREGISTERED] == stats["by_status"]["404"]
    assert stage.recorder.results[PushResult.INVALID] == stats["by_status"]["400"]
    assert stage.recorder.results[PushResult.SENDER_MISMATCH] == stats["by_status"]["403"]
    assert sum(stage.recorder.results.values()) == 2 * each
    assert not {PushResult.RETRIES_EXHAUSTED, PushResult.THROTTLED} & set(stage.recorder.results)


def arrivals_by_device(fake: FakeFcmProcess) -> dict[str, list[float]]:
    """When each device's messages reached the server, in seconds, first to last."""
    times: dict[str, list[float]] = {}
    for entry in reversed(fake.messages(1000)):
        times.setdefault(entry["message"]["token"], []).append(datetime.fromisoformat(entry["at"]).timestamp())
    return times
