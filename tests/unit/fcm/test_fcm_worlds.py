"""R1: nothing of a drill can reach Google, and nothing of the live world is sent anywhere else."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pycurl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.ports import Address, Platform, PushJob, PushOutcome, PushResult, PushTarget
from alerts.wording.message import PhoneMessage
from alerts.world import DRILL, LIVE, WorldMismatchError
from workers.fcm import endpoint as endpoint_module
from workers.fcm import multi as multi_module
from workers.fcm import sender as sender_module
from workers.fcm.carrier import Limits
from workers.fcm.credentials import AccessToken, invented_service_account
from workers.fcm.endpoint import Endpoint, NotLoopbackError, drill_endpoint, is_loopback, live_endpoint
from workers.fcm.multi import open_loopback_socket
from workers.fcm.retry import RetryRule
from workers.fcm.sender import FcmSender, drill_sender, live_sender
from workers.fcm.transport import Transport

CA = Path("ca.pem")
FAR = datetime(2100, 1, 1, tzinfo=UTC)
ELSEWHERE = [
    "https://fcm.googleapis.com",
    "https://localhost:8443",
    "https://127.0.0.1.example.jp",
    "https://127.0.0.1@fcm.googleapis.com",
    "https://192.0.2.1",
    "https://0.0.0.0:8443",
    "https://[2001:db8::1]:8443",
    "http://127.0.0.1:8443",
    "https://127.0.0.1:8443/path",
    "https://127.0.0.1:99999",
    "127.0.0.1:8443",
    "",
]


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def unused_token() -> AccessToken:
    return AccessToken(lambda: invented_service_account("https://127.0.0.1:9/token", "p"))


def test_r1_the_live_sender_cannot_be_built_for_a_drill_world(key_file: Path) -> None:
    with pytest.raises(WorldMismatchError, match="must never hold a live sender"):
        live_sender(DRILL, key_file)


def test_r1_the_live_endpoint_cannot_be_built_for_a_drill_world() -> None:
    with pytest.raises(WorldMismatchError):
        live_endpoint(DRILL, "daito-bosai")


@pytest.mark.parametrize("url", ELSEWHERE)
def test_r1_a_drill_sends_to_this_machine_or_not_at_all(url: str) -> None:
    with pytest.raises(NotLoopbackError, match="a drill sends to an https address of this machine"):
        drill_sender(DRILL, url, CA)


@given(address=st.ip_addresses(), port=st.integers(1, 65535))
def test_r1_of_all_addresses_only_loopback_is_this_machine(address: object, port: int) -> None:
    host = f"[{address}]" if ":" in str(address) else str(address)
    assert is_loopback(f"https://{host}:{port}") == (str(address).startswith("127.") or str(address) == "::1")


def test_r1_the_live_world_has_no_drill_sender() -> None:
    with pytest.raises(WorldMismatchError):
        drill_sender(LIVE, "https://127.0.0.1:8443", CA)


def test_r4_the_live_world_sends_to_google_or_not_at_all() -> None:
    with pytest.raises(WorldMismatchError, match="the live world sends to"):
        Endpoint(LIVE, "https://127.0.0.1:8443", "daito-bosai", CA)


@pytest.mark.parametrize(
    ("world", "other"),
    [
        (DRILL, live_endpoint(LIVE, "daito-bosai")),
        (LIVE, drill_endpoint(DRILL, "https://127.0.0.1:8443", CA, "bosai-drill")),
    ],
)
def test_r1_a_sender_takes_no_endpoint_of_the_other_world(world: object, other: Endpoint) -> None:
    with pytest.raises(WorldMismatchError, match="R1"):
        FcmSender(world, other, unused_token())


@pytest.mark.parametrize("live", [True, False])
def test_r1_a_message_of_the_other_world_is_refused_before_anything_is_sent(
    live: bool, key_file: Path, message_of: Callable[..., PhoneMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[object] = []
    monkeypatch.setattr(Transport, "post", lambda _transport, item, *_rest: posted.append(item))
    sender = live_sender(LIVE, key_file) if live else drill_sender(DRILL, "https://127.0.0.1:9", CA)
    sender._token = ReadyToken()
    wrong = PushJob(message_of(drill=live), Platform.ANDROID, [PushTarget(1, Address("token", "t"))])
    reported: list[PushOutcome] = []
    with pytest.raises(WorldMismatchError, match="R1"):
        sender.send([wrong], RealClock(), reported.extend)
    assert (reported, posted) == ([], [])
    sender.close()


class ReadyToken(AccessToken):
    """A token at hand, so that nothing but the guards stands between a message and the network."""

    def __init__(self) -> None:
        super().__init__(lambda: invented_service_account("https://127.0.0.1:9/token", "p"))

    def current(self) -> str:
        return "ya29.ready"


def test_r1_only_the_channel_of_the_live_sender_is_called_fcm(key_file: Path) -> None:
    assert live_sender(LIVE, key_file).channel == "fcm"
    assert drill_sender(DRILL, "https://127.0.0.1:8443", CA).channel == "fake-fcm"


def test_the_live_sender_posts_to_the_project_of_its_key(key_file: Path) -> None:
    sender = live_sender(LIVE, key_file)
    assert sender._endpoint.url == "https://fcm.googleapis.com/v1/projects/daito-bosai/messages:send"


def test_a_file_that_is_no_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "not-a-key.json"
    path.write_text("{}")
    with pytest.raises(ValueError, match=r"not-a-key\.json is not the key file of a service account"):
        live_sender(LIVE, path)


class TestR1WithOneGuardGone:
    """Each guard is taken away in turn; the others still hold."""

    def test_r1_the_factory_asks_no_more(self, monkeypatch: pytest.MonkeyPatch, key_file: Path) -> None:
        monkeypatch.setattr(sender_module, "require_live", lambda world: world)
        with pytest.raises(WorldMismatchError):
            live_sender(DRILL, key_file)

    def test_r1_factory_and_endpoint_ask_no_more(self, monkeypatch: pytest.MonkeyPatch, key_file: Path) -> None:
        monkeypatch.setattr(sender_module, "require_live", lambda world: world)
        monkeypatch.setattr(endpoint_module, "require_live", lambda world: world)
        with pytest.raises(NotLoopbackError):
            live_sender(DRILL, key_file)

    def test_r1_every_address_is_taken_for_this_machine(
        self, monkeypatch: pytest.MonkeyPatch, message_of: Callable[..., PhoneMessage], tmp_path: Path
    ) -> None:
        monkeypatch.setattr(endpoint_module, "is_loopback", lambda _origin: True)
        opened = watch_sockets(monkeypatch)
        rule = RetryRule(tries=1)
        sender = drill_sender(DRILL, "https://192.0.2.1:8443", CA, limits=Limits(connections=1), rule=rule)
        sender._token = ReadyToken()
        job = PushJob(message_of(drill=True, expires_at=FAR), Platform.IOS, [PushTarget(1, Address("token", "t"))])
        reported: list[PushOutcome] = []
        sender.send([job], RealClock(), reported.extend)
        sender.close()
        assert [outcome.result for outcome in reported] == [PushResult.RETRIES_EXHAUSTED]
        assert opened == []


def watch_sockets(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What libcurl is given to connect with."""
    opened: list[object] = []

    class Watched(socket.socket):
        def __init__(self, *arguments: int) -> None:
            opened.append(arguments)
            super().__init__(*arguments)

    monkeypatch.setattr(multi_module, "_LoopbackSocket", Watched)
    return opened


@pytest.mark.parametrize(("host", "taken"), [("127.0.0.1", True), ("192.0.2.1", False), ("142.250.0.1", False)])
def test_r1_a_drill_opens_sockets_to_this_machine_only(host: str, taken: bool) -> None:
    opened = open_loopback_socket(0, (socket.AF_INET, socket.SOCK_STREAM, 0, (host, 443)))
    assert (opened != pycurl.SOCKET_BAD) == taken
    if isinstance(opened, socket.socket):
        opened.close()
