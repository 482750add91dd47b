"""Kill -9 at the worst moment: nothing is lost, every phone has an outcome, no process is left (R15, R27)."""

import os
import signal

import psutil
import pytest

pytestmark = pytest.mark.timeout(300)  # each wait may take a minute
PHONES = 600
SENDS = "drill@%h"  # the drill world's worker, the same programme as the live one's
GAVE_UP = "whoever claims it next goes on"  # said by a worker that could not write in time, on a machine that is busy


@pytest.fixture
def service_in_a_drill(service, until):
    """In the middle of a fan-out: some phones were told, others were not."""
    service.add_phones(PHONES)
    service.start_drill()
    service.start()
    until(lambda: service.accepted() > 60 and service.open_chunks())
    return service


def assert_everybody_was_told_once(service, doubted):
    """Sent again is only who was on the way, or answered and not written down, at the kill."""
    assert service.pushed() == 4
    assert service.untold() == []
    assert service.accepted() > PHONES
    assert service.fake.stats()["duplicates"] <= doubted + PHONES * service.log().count(GAVE_UP)


def kill(pids):
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def test_r27_the_whole_service_killed_in_a_drill_goes_on_when_it_is_started_again(service_in_a_drill, until):
    service = service_in_a_drill
    service.process.kill()
    service.process.wait()
    until(lambda: not service.family())
    doubted = service.in_doubt()
    assert not service.is_finished()
    service.start()
    until(service.is_finished)
    assert_everybody_was_told_once(service, doubted)


def test_r27_the_worker_killed_in_mid_chunk_is_replaced_and_the_chunk_goes_on(service_in_a_drill, until):
    service = service_in_a_drill
    (worker,) = service.main_processes(SENDS)
    pool = [child.pid for child in psutil.Process(worker).children()]
    kill([worker])
    doubted = service.in_doubt()
    until(lambda: not any(map(psutil.pid_exists, pool)))
    until(service.is_finished)
    assert worker not in service.main_processes(SENDS)
    assert_everybody_was_told_once(service, doubted)


def test_r27_the_process_that_sends_killed_alone_is_replaced(service_in_a_drill, until):
    service = service_in_a_drill
    (worker,) = service.main_processes(SENDS)
    kill([child.pid for child in psutil.Process(worker).children()])
    doubted = service.in_doubt()
    until(service.is_finished)
    assert_everybody_was_told_once(service, doubted)


def test_the_broker_killed_alone_loses_nothing_and_everybody_finds_it_again(service_in_a_drill, until):
    service = service_in_a_drill
    kill(service.main_processes("valkey-server"))
    doubted = 0
    until(service.is_finished)
    assert_everybody_was_told_once(service, doubted)
    assert "Traceback" not in service.log()


def test_everything_but_the_supervisor_killed_at_once_comes_back(service_in_a_drill, until):
    service = service_in_a_drill
    kill([child.pid for child in psutil.Process(service.process.pid).children()])
    doubted = service.in_doubt()
    until(service.is_finished)
    until(service.is_live)
    assert_everybody_was_told_once(service, doubted)
