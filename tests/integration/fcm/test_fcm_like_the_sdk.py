"""What we send is what the Firebase Admin SDK itself sends for the same message."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import firebase_admin
import pytest
from firebase_admin import credentials, messaging
from google.auth.credentials import Credentials

from alerts.ports import Platform, PushJob, PushResult
from workers.fcm.fake.process import FakeFcmProcess
from workers.fcm.payload import sdk_message

JWT = b"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b.c"
Send = Callable[[list[messaging.Message], firebase_admin.App], messaging.BatchResponse]
OWN_HEADERS = ("content-type", "x-goog-api-format-version", "x-firebase-client", "x-goog-api-client")


class StoppedClock:
    def __init__(self) -> None:
        self._now = datetime.now(UTC)

    def now(self) -> datetime:
        return self._now


class Bearer(credentials.Base, Credentials):
    """A token that is at hand."""

    def __init__(self, token: str) -> None:
        Credentials.__init__(self)
        self.token = token

    def get_credential(self) -> Credentials:
        return self

    def refresh(self, request: object) -> None:
        """The SDK asks for another token at every 401; this one stays as it is."""


@pytest.fixture
def fake(stage) -> FakeFcmProcess:
    return stage.start_fake()


@pytest.fixture
def sdk(fake: FakeFcmProcess, monkeypatch: pytest.MonkeyPatch) -> Iterator[firebase_admin.App]:
    """The SDK, pointed at the fake server (push.md §1, way 4)."""
    monkeypatch.setattr(messaging._MessagingService, "FCM_URL", fake.url + "/v1/projects/{0}/messages:send")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(fake.ca))
    monkeypatch.setenv("SSL_CERT_FILE", str(fake.ca))
    token = fake.ask("POST", "/token", JWT)["access_token"]
    app = firebase_admin.initialize_app(Bearer(token), {"projectId": "bosai-drill"}, name="like-the-sdk")
    yield app
    firebase_admin.delete_app(app)


def everything_sent(fake: FakeFcmProcess) -> dict[str, tuple[dict, dict[str, str | None]]]:
    """By device: the message, and the headers that the SDK adds to every request."""
    return {
        entry["message"].get("token") or entry["message"]["fid"]: (
            entry["message"],
            {name: entry["headers"].get(name) for name in OWN_HEADERS},
        )
        for entry in fake.messages()
    }


def send_each(messages: list[messaging.Message], app: firebase_admin.App) -> messaging.BatchResponse:
    return messaging.send_each(messages, app=app)


def send_each_async(messages: list[messaging.Message], app: firebase_admin.App) -> messaging.BatchResponse:
    async def send_and_close() -> messaging.BatchResponse:
        try:
            return await messaging.send_each_async(messages, app=app)
        finally:
            await messaging._get_messaging_service(app)._async_client.aclose()

    return asyncio.run(send_and_close())


@pytest.mark.parametrize("carrier", ["http2", "sdk"])
@pytest.mark.parametrize("send", [send_each, send_each_async])
def test_our_messages_and_headers_equal_the_sdks(
    stage, fake: FakeFcmProcess, sdk: firebase_admin.App, send: Send, job_of: Callable[..., PushJob]
) -> None:
    clock = StoppedClock()
    jobs = [job_of(2, first=2 * place, platform=platform) for place, platform in enumerate(Platform)]
    jobs.append(job_of(2, first=2 * len(jobs), kind="fid"))
    theirs = send(
        [sdk_message(job.message, job.platform, target.address, clock.now()) for job in jobs for target in job.targets],
        sdk,
    )
    assert theirs.success_count == 8
    sent_by_sdk = everything_sent(fake)
    fake.ask("POST", "/reset")
    stage.sender_to(fake).send(jobs, clock, stage.recorder.record)
    assert stage.recorder.results == {PushResult.ACCEPTED: 8}
    assert everything_sent(fake) == sent_by_sdk


def test_the_sdk_reads_the_fakes_errors_as_fcms(
    stage, monkeypatch: pytest.MonkeyPatch, job_of: Callable[..., PushJob]
) -> None:
    """The SDK's own error classes recognise the bodies that the fake makes up."""
    expected = {
        "unregistered": messaging.UnregisteredError,
        "sender_mismatch": messaging.SenderIdMismatchError,
        "invalid": firebase_admin.exceptions.InvalidArgumentError,
        "third_party": messaging.ThirdPartyAuthError,
    }
    (job,) = [job_of(1)]
    message = sdk_message(job.message, job.platform, job.targets[0].address, StoppedClock().now())
    for fault, error in expected.items():
        fake = stage.start_fake(faults={fault: 1.0})
        monkeypatch.setattr(messaging._MessagingService, "FCM_URL", fake.url + "/v1/projects/{0}/messages:send")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(fake.ca))
        token = fake.ask("POST", "/token", JWT)["access_token"]
        app = firebase_admin.initialize_app(Bearer(token), {"projectId": "bosai-drill"}, name=fault)
        answer = messaging.send_each([message], app=app).responses[0]
        firebase_admin.delete_app(app)
        assert type(answer.exception) is error
