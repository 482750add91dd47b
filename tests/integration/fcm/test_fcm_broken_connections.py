"""R15: what a connection that ends takes with it, and what is sent again for it."""

from collections.abc import Callable

import pytest

from alerts.ports import PushJob, PushResult
from workers.fcm.retry import RetryRule

JobOf = Callable[..., PushJob]


def test_r15_a_message_whose_answer_never_came_is_sent_again_under_the_same_tag(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(faults={"unanswered": 1.0})
    stage.send(stage.sender_to(fake, timeout=0.5), job_of(10))
    assert stage.recorder.results == {PushResult.ACCEPTED: 10}
    assert fake.stats()["duplicates"] == 10
    assert {entry["message"]["android"]["notification"]["tag"] for entry in fake.messages()} == {"a-storm-1"}


def test_r15_a_connection_that_breaks_repeats_only_what_was_in_flight_on_it(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(faults={"lost": 0.004})
    rule = RetryRule(tries=20, first_wait=0.05, longest_wait=0.2)
    stage.send(stage.sender_to(fake, rule=rule, connections=4, streams=25), job_of(3000))
    assert stage.recorder.devices == list(range(3000))
    assert stage.recorder.results == {PushResult.ACCEPTED: 3000}
    stats = fake.stats()
    assert stats["by_status"]["lost"] > 0
    assert stats["duplicates"] <= 25 * stats["by_status"]["lost"]
    assert {entry["message"]["android"]["notification"]["tag"] for entry in fake.messages(1000)} == {"a-storm-1"}


def test_connections_that_say_goaway_lose_nothing_and_repeat_nothing(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(goaway_after=150)
    stage.send(stage.sender_to(fake, connections=3), job_of(2000))
    assert stage.recorder.results == {PushResult.ACCEPTED: 2000}
    stats = fake.stats()
    assert stats["duplicates"] == 0
    assert stats["connections"]["h2"] >= 2000 // 150


@pytest.mark.parametrize("carrier", ["sdk"])
def test_the_sdk_repeats_what_was_in_flight_at_a_goaway_and_loses_nobody(stage, job_of: JobOf) -> None:
    fake = stage.start_fake(goaway_after=200)
    rule = RetryRule(tries=20, first_wait=0.05, longest_wait=0.2, patience=60.0)
    stage.send(stage.sender_to(fake, rule=rule, streams=20), job_of(600))
    assert stage.recorder.devices == list(range(600))
    assert stage.recorder.results == {PushResult.ACCEPTED: 600}
    stats = fake.stats()
    assert stats["connections"]["h2"] >= 600 // 200
    assert stats["duplicates"] <= 20 * stats["connections"]["h2"]
    assert {entry["message"]["android"]["notification"]["tag"] for entry in fake.messages(1000)} == {"a-storm-1"}
