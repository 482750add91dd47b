"""Sending by a process of its own, which may be killed, hang or be told to stop (R27, decision 21)."""

import os
import signal
from functools import partial

import psutil
import pytest

from alerts.alert import Urgency
from alerts.ports import PushResult, StopSendingError
from alerts.service.desk import Desk
from alerts.world import DRILL, LIVE, WorldMismatchError
from bosai.clock import SystemClock
from workers.fcm.apart.sender import ApartSender
from workers.fcm.endpoint import NotLoopbackError
from workers.fcm.sender import drill_sender, live_sender


@pytest.fixture
def fake(stage):
    return stage.start_fake(latency_ms=(20.0, 60.0))


@pytest.fixture
def sender(stage, fake):
    sender = ApartSender(partial(drill_sender, DRILL, fake.url, fake.ca))
    yield sender
    sender.close()


@pytest.fixture
def send(sender, stage):
    """Sends jobs as a worker does, and returns when all have their outcome."""

    def send(*jobs, record=stage.recorder.record):
        desk = Desk()
        desk.hand_over(jobs)
        desk.end()
        sender.send(desk, SystemClock(), record)

    return send


def sending_processes():
    return [child for child in psutil.Process().children() if "workers.fcm.apart" in child.cmdline()]


def test_every_device_has_one_outcome_and_the_process_outlives_the_call(send, stage, fake, job_of):
    send(job_of(700), job_of(300, first=700, kind="fid"))
    (process,) = sending_processes()
    send(job_of(50, first=2_000, urgency=Urgency.HIGH))
    assert stage.recorder.results == {PushResult.ACCEPTED: 1_050}
    assert stage.recorder.devices == [*range(1_000), *range(2_000, 2_050)]
    assert sending_processes() == [process]
    assert fake.stats()["duplicates"] == 0


def test_one_that_is_kept_ready_has_its_token_before_anything_is_sent(sender, send, fake, job_of, until):
    sender.keep_ready()
    until(lambda: fake.stats()["tokens_issued"] == 1)
    send(job_of(5))
    assert fake.stats()["tokens_issued"] == 1


@pytest.mark.parametrize("hurt", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_ends_or_hangs_stops_the_call_and_the_next_one_has_another(send, stage, job_of, hurt):
    def record(outcomes):
        stage.recorder.record(outcomes)
        if len(stage.recorder.outcomes) >= 500:
            os.kill(sending_processes()[0].pid, hurt)

    with pytest.raises(StopSendingError, match="the process that sends"):
        send(job_of(5_000), record=record)
    assert len(set(stage.recorder.devices)) == len(stage.recorder.devices) < 5_000
    send(job_of(10, first=9_000))
    assert stage.recorder.devices[-10:] == [*range(9_000, 9_010)]
    assert len(sending_processes()) == 1


def test_what_is_wrong_with_recording_ends_the_call_with_it_and_sends_no_more(send, stage, fake, job_of):
    def record(outcomes):
        stage.recorder.record(outcomes)
        if len(stage.recorder.outcomes) >= 500:
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        send(job_of(20_000), record=record)
    assert fake.stats()["requests"] < 20_000
    send(job_of(10, first=90_000), record=stage.recorder.record)
    assert stage.recorder.devices[-10:] == [*range(90_000, 90_010)]


def test_while_the_books_are_behind_nothing_more_is_handed_over(send, stage, fake, job_of):
    seen = []

    def record(outcomes):
        stage.recorder.record(outcomes)
        seen.append(fake.stats()["requests"])
        return len(seen) < 20

    send(job_of(20_000), record=record)
    assert seen[15] == seen[19], "messages left although the books were behind"
    assert stage.recorder.results == {PushResult.ACCEPTED: 20_000}


def test_a_lease_that_ends_stops_it(sender, stage, fake, job_of):
    desk = Desk()
    desk.keep(0.0)
    desk.hand_over([job_of(100)])
    with pytest.raises(StopSendingError, match="the lease ended"):
        sender.send(desk, SystemClock(), stage.recorder.record)
    assert fake.stats()["requests"] == 0


def test_a_lease_that_ends_stops_it_also_when_no_job_will_follow(sender, stage, fake, job_of):
    desk = Desk()
    desk.hand_over([job_of(20_000)])
    desk.end()

    def record(outcomes):
        stage.recorder.record(outcomes)
        if len(stage.recorder.outcomes) >= 500:
            desk.keep(0.0)

    with pytest.raises(StopSendingError, match="the lease ended"):
        sender.send(desk, SystemClock(), record)
    assert fake.stats()["requests"] < 20_000


def test_it_ends_with_whoever_started_it(sender, send, job_of, until):
    send(job_of(1))
    (process,) = sending_processes()
    process.send_signal(signal.SIGTERM)  # a signal to the whole worker is the worker's to obey
    send(job_of(1, first=1))
    sender.close()
    until(lambda: not process.is_running())


def test_it_is_never_shared_over_a_fork(sender, send, job_of):
    send(job_of(1))
    child = os.fork()
    if child == 0:
        try:
            sender.keep_ready()
        except RuntimeError:
            os._exit(3)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3


def test_r1_a_message_of_the_live_world_is_refused_there_too(send, fake, job_of):
    job = job_of(3)
    live = type(job)(type(job.message)(**{**fields(job.message), "drill": False}), job.platform, job.targets)
    with pytest.raises(WorldMismatchError, match="R1"):
        send(live)
    assert fake.stats()["requests"] == 0


def test_r1_what_may_not_be_built_here_is_not_begun(stage, fake, tmp_path):
    with pytest.raises(NotLoopbackError):
        ApartSender(partial(drill_sender, DRILL, "https://192.0.2.1:8443", fake.ca))
    with pytest.raises(WorldMismatchError):
        ApartSender(partial(live_sender, DRILL, tmp_path / "key.json"))
    with pytest.raises(ValueError, match="not the key file"):
        ApartSender(partial(live_sender, LIVE, tmp_path / "key.json"))
    assert sending_processes() == []


def fields(message):
    return {name: getattr(message, name) for name in message.__dataclass_fields__}
