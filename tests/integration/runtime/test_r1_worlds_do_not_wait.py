"""R1: what goes wrong in a drill keeps nothing of the live world waiting."""

import os
import signal
from datetime import UTC, datetime

import pytest

from alerts.ports import Address, Platform, PushResult
from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.telegram.compose import compose_warning, file_name
from alerts.telegram.composition import Stated, lone_city

pytestmark = pytest.mark.timeout(300)  # each wait may take a minute

LANDSLIDE_LEVEL_4 = Stated("49")


def warn_residents(live):
    """A level 4 landslide warning, as JMA sends it now; returns its revision."""
    codes, now = live.pack.codes, datetime.now(UTC)
    area = lone_city(codes, "大阪管区気象台")
    raw = compose_warning("VPWW56", area, {codes.municipality: [LANDSLIDE_LEVEL_4]}, now)
    name = file_name("VPWW56", area, now)
    (received,) = receive(live, [Incoming(name, name, raw, now)])
    (revision,) = received.revisions
    return revision


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
def test_r1_a_drill_whose_server_is_away_keeps_no_live_push_waiting(machine, until):
    machine.start_broker()
    machine.start_parts("push", "drill")
    rehearsed = machine.say_something_to_everybody(20)
    until(lambda: machine.results(rehearsed))  # the drill's worker has begun, and waits for its server
    told = warn_residents(machine.live)
    until(lambda: not machine.open_chunks("live"))
    assert machine.results(told, "live") == {PushResult.NOT_SENT_NO_SENDER: 1}
    assert machine.open_chunks("drill") > 0
