"""Both worlds with the real senders, a mail server and an HTTPS server, and phones that nobody asks about."""

import sys
from pathlib import Path

import pytest

from alerts.alert import Urgency
from alerts.channel.subscriber import Channel
from alerts.service.channels import dispatch
from alerts.service.channels.results import results
from alerts.service.channels.roll import Wanted, add
from workers.fcm.fake.certificates import tls_context

sys.path.append(str(Path(__file__).parent))

from channel_servers import HookServer, MailServer, with_senders


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A server's context, and the file of the authority that clients trust."""
    return tls_context(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def mail_server(authority):
    server = MailServer(authority[0]).start()
    yield server
    server.stop()


@pytest.fixture
def mailbox(mail_server):
    return mail_server.box


@pytest.fixture
def hooks(authority):
    server = HookServer(authority[0])
    yield server
    server.stop()


@pytest.fixture
def live(live, mail_server, authority):
    with with_senders(live, mail_server, authority[1]) as services:
        yield services


@pytest.fixture
def drill(drill, mail_server, authority):
    with with_senders(drill, mail_server, authority[1]) as services:
        yield services


@pytest.fixture
def enlist(live, hooks):
    """Puts somebody on a list; returns the subscriber, and a webhook's secret."""

    def put(channel="webhook", address=None, services=None, *, name="消防本部", languages=("ja",), **of):
        address = address or (hooks.url("/hook") if channel == "webhook" else "shobo@example.jp")
        of = {"minimum": Urgency.NORMAL, "districts": frozenset()} | of
        added = add(services or live, Wanted(Channel(channel), name, address, languages, **of))
        return added.subscriber, added.secret

    return put


@pytest.fixture
def tell(live):
    """One round of the worker."""
    return lambda services=None, **how: dispatch(services or live, "worker", **how)


@pytest.fixture
def outcomes(live):
    """By revision of an alert: what became of each letter, `None` while it waits."""

    def of(alert_id, services=None):
        return {one.revision: [letter.outcome for letter in one.letters] for one in results(services or live, alert_id)}

    return of


@pytest.fixture
def alarms(live):
    """The open alarms by kind."""

    def of(services=None):
        with (services or live).database.read() as uow:
            return {alarm.kind: alarm.text for alarm in uow.alarms.open()}

    return of
