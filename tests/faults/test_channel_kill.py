"""Kill -9 while the list is told: everybody hears of everything, twice only what was on its way (R15, R27)."""

import os
import signal
from collections import Counter

import psutil
import pytest
from channel_servers import HookServer

from alerts.alert import Urgency
from alerts.channel.letter import Outcome
from alerts.channel.subscriber import Channel
from alerts.service.channels.dispatch import SLOTS
from alerts.service.channels.results import results
from alerts.service.channels.roll import Wanted, add
from workers.fcm.fake.certificates import tls_context

pytestmark = pytest.mark.timeout(300)  # each wait may take a minute
LISTED = 60
ENDED = {Outcome.ACCEPTED, Outcome.SUPERSEDED, Outcome.IN_DOUBT}


@pytest.fixture
def hooks(tmp_path):
    context, ca = tls_context(tmp_path / "tls")
    server = HookServer(context)
    server.ca, server.pause = ca, 0.2
    yield server
    server.stop()


@pytest.fixture
def service_telling_a_list(service, hooks, until):
    """In the middle of telling the drill's list: some were told, others were not."""
    service.use(channel_ca=hooks.ca)
    for number in range(LISTED):
        url = hooks.url(f"/{number}")
        add(service.drill, Wanted(Channel.WEBHOOK, f"放送{number}", url, ("ja",), Urgency.NORMAL, frozenset()))
    service.add_phones(20)
    service.start_drill()
    service.start()
    until(lambda: len(hooks.taken) > LISTED // 4)
    return service


def letters(service):
    with service.drill.database.read() as uow:
        alerts = uow.alerts.recent(100)
    return [letter for alert in alerts for one in results(service.drill, alert.id) for letter in one.letters]


def is_told(service):
    found = letters(service)
    return service.is_finished() and len(found) >= LISTED and all(one.outcome for one in found)


def kill_the_worker(service, until):
    (worker,) = service.main_processes("drill@%h")
    for process in (psutil.Process(worker), *psutil.Process(worker).children()):
        process.kill()


def kill_the_broker(service, until):
    (broker,) = service.main_processes("valkey-server")
    os.kill(broker, signal.SIGKILL)


def kill_everything(service, until):
    service.process.kill()
    service.process.wait()
    until(lambda: not service.family())
    service.start()


@pytest.mark.parametrize("kill", [kill_the_worker, kill_the_broker, kill_everything])
def test_r27_whoever_is_killed_everybody_on_the_list_is_told(service_telling_a_list, hooks, until, kill):
    service = service_telling_a_list
    kill(service, until)
    until(lambda: is_told(service))
    found = letters(service)
    assert {one.outcome for one in found} <= ENDED
    assert len({(one.alert_id, one.revision, one.subscriber) for one in found}) == len(found)
    reached = {one.subscriber for one in found if one.outcome is Outcome.ACCEPTED}
    assert len(reached) == LISTED
    heard = Counter((one.path, one.headers["webhook-id"]) for one in hooks.taken)
    assert sum(heard.values()) - len(heard) <= SLOTS[Channel.WEBHOOK]
