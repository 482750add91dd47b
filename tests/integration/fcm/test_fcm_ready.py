"""The first push of a quiet night waits for no OAuth token."""

from collections.abc import Callable

from alerts.ports import PushJob, PushResult
from workers.beating import BeatingSender


def test_a_sender_that_is_kept_ready_has_its_token_before_anything_is_sent(
    stage, job_of: Callable[..., PushJob], until
) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake)
    sender.keep_ready()
    until(lambda: fake.stats()["tokens_issued"] == 1)
    for _ in range(10):
        BeatingSender(sender, lambda: None).keep_ready()
    stage.send(sender, job_of(5))
    assert stage.recorder.results == {PushResult.ACCEPTED: 5}
    assert fake.stats()["tokens_issued"] == 1


def test_without_a_token_server_it_neither_waits_nor_raises(stage) -> None:
    fake = stage.start_fake()
    sender = stage.sender_to(fake)
    fake.stop()
    sender.keep_ready()
    sender.keep_ready()
