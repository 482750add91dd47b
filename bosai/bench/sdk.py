"""The ordinary way: the Firebase Admin SDK, pointed at the fake server by its one private name (push.md §1, way 4).

Its messages are made before the clock runs, and it gets the connection pool it would have for Google.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import firebase_admin
from firebase_admin import credentials, messaging
from google.auth.credentials import Credentials

from bosai.bench.cargo import MEASURED, WARM_UP, jobs
from bosai.bench.usage import Meter
from workers.fcm.endpoint import LIVE_ORIGIN, is_loopback
from workers.fcm.payload import sdk_message
from workers.fcm.sender import DRILL_PROJECT

MOST_IN_A_CALL = 500


class _Bearer(credentials.Base, Credentials):  # type: ignore[misc]  # the SDK has no types
    """A token that is at hand: fetching one is not what is measured."""

    def __init__(self, token: str) -> None:
        Credentials.__init__(self)  # type: ignore[no-untyped-call]  # nor has google-auth
        self.token = token

    def get_credential(self) -> Credentials:
        """What the SDK signs its requests with."""
        return self

    def refresh(self, request: object) -> None:
        """Stays as it is."""


def send_each(url: str, bearer: str, messages: int, warm_up: int) -> dict[str, Any]:
    """`messaging.send_each`, 500 messages a call, one call after the other."""
    app = _app(url, bearer)
    accepted = 0
    for batch in _batches(warm_up, WARM_UP):
        messaging.send_each(batch, app=app)
    work = list(_batches(messages, MEASURED))
    with Meter() as meter:
        for batch in work:
            accepted += messaging.send_each(batch, app=app).success_count
    return meter.figures(messages) | {"accepted": accepted}


def send_each_async(url: str, bearer: str, messages: int, warm_up: int) -> dict[str, Any]:
    """`messaging.send_each_async`, 500 messages a call, one call after the other in one event loop."""
    app = _app(url, bearer)
    send: Callable[..., Awaitable[messaging.BatchResponse]] = messaging.send_each_async

    async def run() -> dict[str, Any]:
        """Sends to warm up, then measures."""
        accepted = 0
        for batch in _batches(warm_up, WARM_UP):
            await send(batch, app=app)
        work = list(_batches(messages, MEASURED))
        with Meter() as meter:
            for batch in work:
                accepted += (await send(batch, app=app)).success_count
        await messaging._get_messaging_service(app)._async_client.aclose()
        return meter.figures(messages) | {"accepted": accepted}

    return asyncio.run(run())


def _app(url: str, bearer: str) -> firebase_admin.App:
    if not is_loopback(url):
        raise ValueError(f"a bench sends to this machine, not to {url} (R1)")
    messaging._MessagingService.FCM_URL = url + "/v1/projects/{0}/messages:send"
    app = firebase_admin.initialize_app(_Bearer(bearer), {"projectId": DRILL_PROJECT})
    session = messaging._get_messaging_service(app)._client.session
    session.mount(url, session.get_adapter(LIVE_ORIGIN))  # or it would have 10 pooled connections instead of 100
    return app


def _batches(devices: int, revision: int) -> Iterator[list[messaging.Message]]:
    now = datetime.now(UTC)
    made = [
        sdk_message(job.message, job.platform, target.address, now)
        for job in jobs(devices, revision)
        for target in job.targets
    ]
    for start in range(0, len(made), MOST_IN_A_CALL):
        yield made[start : start + MOST_IN_A_CALL]
