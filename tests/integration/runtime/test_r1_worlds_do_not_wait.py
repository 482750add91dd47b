"""R1: what goes wrong in a drill keeps nothing of the live world waiting."""

import os
import signal

import pytest

from alerts.ports import Address, Platform, PushResult
from alerts.service.register import register
from alerts.service.registration import Registration

pytestmark = pytest.mark.timeout(300)  # each wait may take a minute


@pytest.fixture
def resident(machine):
    register(machine.live, Registration(Address("token", "t"), Platform.IOS, "ja", (), normal_pushes=True))


@pytest.fixture(params=["hangs", "is gone"])
def drill_server_away(machine, request):
    """The fake FCM server takes connections and never answers, or is not there at all."""
    if request.param == "is gone":
        machine.fake.stop()
        yield
    else:
        os.kill(machine.fake.pid, signal.SIGSTOP)
        yield
        os.kill(machine.fake.pid, signal.SIGCONT)


@pytest.mark.usefixtures("resident", "drill_server_away")
def test_r1_a_drill_whose_server_is_away_keeps_no_live_push_waiting(machine, until, warn):
    machine.start_broker()
    machine.start_parts("push", "drill")
    rehearsed = machine.say_something_to_everybody(20)
    until(lambda: machine.results(rehearsed))  # the drill's worker has begun, and waits for its server
    told = warn(machine.live)
    until(lambda: not machine.open_chunks("live"))
    assert machine.results(told, "live") == {PushResult.NOT_SENT_NO_SENDER: 1}
    assert machine.open_chunks("drill") > 0
