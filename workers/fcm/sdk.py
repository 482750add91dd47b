"""The second carrier: `send_each_async` of the Firebase Admin SDK, at a twentieth of the speed (push.md §1).

The SDK encodes, addresses and reads errors; below it stands our own connection, for three reasons. It goes to the
endpoint and nowhere else, whatever the SDK believes (R1). It carries the OAuth token that a thread fetched in time,
where the SDK would hold everything up for one. And it posts once: the SDK would try again for seconds, past the lease
and outside the pace. Its weakness stays: at a GOAWAY httpx gives up what is in flight, and those phones are sent to
again under the same tag.
"""

import asyncio
import ssl
import time
from contextvars import ContextVar
from typing import Any, Generic
from uuid import uuid4

import firebase_admin
import httpx
import orjson
from firebase_admin import credentials, messaging
from firebase_admin.exceptions import FirebaseError
from google.auth.credentials import AnonymousCredentials, Credentials

from alerts.ports import Address
from alerts.world import LiveWorld
from workers.fcm.carrier import CLIENT_HEADERS, Limits, Reply, T
from workers.fcm.endpoint import Endpoint
from workers.fcm.outcomes import LOST, OK
from workers.fcm.payload import Template
from workers.feeds.headers import retry_after

_bearer: ContextVar[str] = ContextVar("bearer")  # each post is a task with a value of its own


class SdkTransport(Generic[T]):
    """Posts through the SDK in one event loop that lives as long as the process (`Carrier`).

    The connections belong to that loop: in another every second call would fail (push.md §1). It runs only while
    somebody waits.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits) -> None:
        self.width = limits.streams  # the SDK keeps one connection
        self._loop = asyncio.new_event_loop()
        self._wire = _Wire(endpoint, limits)
        self._app = firebase_admin.initialize_app(_Nobody(), {"projectId": endpoint.project}, name=uuid4().hex)
        messaging._get_messaging_service(self._app)._async_client = self._wire
        self._tasks: dict[asyncio.Task[messaging.SendResponse], tuple[T, str]] = {}

    @property
    def in_flight(self) -> int:
        """Posts without a reply."""
        return len(self._tasks)

    @property
    def room(self) -> int:
        """Posts that may be added now."""
        return self.width - len(self._tasks)

    def post(self, item: T, template: Template, address: Address, bearer: str) -> None:
        """Starts one post; `item` comes back with its reply."""
        task = self._loop.create_task(self._send(template.message(address), bearer))
        self._tasks[task] = item, bearer

    def wait(self, seconds: float) -> list[Reply[T]]:
        """Moves bytes until something happens, at most `seconds`, and returns the posts that ended."""
        if not self._tasks:
            time.sleep(seconds)
            return []
        first = asyncio.wait(self._tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        done, _ = self._loop.run_until_complete(first)
        return [_reply(*self._tasks.pop(task), task) for task in done]

    def abandon(self) -> None:
        """Takes back every post that has no reply; whether FCM had it already is not known."""
        tasks, self._tasks = list(self._tasks), {}
        for task in tasks:
            task.cancel()
        if tasks:
            self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            self._loop.run_until_complete(self._wire.reopen())

    def close(self) -> None:
        """Closes connections and everything else."""
        self.abandon()
        self._loop.run_until_complete(self._wire.client.aclose())
        self._loop.close()
        firebase_admin.delete_app(self._app)

    async def _send(self, message: messaging.Message, bearer: str) -> messaging.SendResponse:
        _bearer.set(bearer)
        return (await messaging.send_each_async([message], app=self._app)).responses[0]


class _Nobody(credentials.Base):  # type: ignore[misc]  # the SDK has no types
    """What the SDK is told of our credentials: the wire has them."""

    def get_credential(self) -> Credentials:
        """Signs nothing."""
        return AnonymousCredentials()  # type: ignore[no-untyped-call]  # nor has google-auth


class _Wire:
    """The SDK's connection to one endpoint, in place of its own."""

    def __init__(self, endpoint: Endpoint, limits: Limits) -> None:
        self._url = endpoint.url
        self._options: dict[str, Any] = {
            "http2": True,
            "headers": {"x-goog-api-client": CLIENT_HEADERS["x-goog-api-client"]},
            "verify": ssl.create_default_context(cafile=str(endpoint.ca)),
            "timeout": httpx.Timeout(limits.timeout, connect=limits.connect_timeout),
            "trust_env": isinstance(endpoint.world, LiveWorld),  # no proxy between a drill and this machine
        }
        self.client = httpx.AsyncClient(**self._options)

    async def reopen(self) -> None:
        """Leaves the connection: one on which posts were cancelled in flight may take no further post."""
        left, self.client = self.client, httpx.AsyncClient(**self._options)
        await left.aclose()

    async def request(self, method: str, url: str, **content: Any) -> httpx.Response:  # noqa: ANN401
        """The one call that the SDK makes. Its address is not asked: there is only ours."""
        headers = {**content["headers"], "Authorization": f"Bearer {_bearer.get()}"}
        answer = await self.client.request(method, self._url, headers=headers, json=content["json"])
        return answer.raise_for_status()

    async def aclose(self) -> None:
        """The SDK closes in a loop of its own, where there is nothing of ours."""


def _reply(item: T, bearer: str, task: "asyncio.Task[messaging.SendResponse]") -> Reply[T]:
    """What FCM answered, byte for byte where the SDK keeps it: one table of outcomes reads the answers of both."""
    try:
        response = task.result()
    except FirebaseError as error:
        return Reply(item, bearer, LOST, b"", 0.0, str(error))
    if response.exception is None:
        return Reply(item, bearer, OK, orjson.dumps({"name": response.message_id}), 0.0, None)
    answer = response.exception.http_response
    if answer is None:
        return Reply(item, bearer, LOST, b"", 0.0, str(response.exception))
    return Reply(item, bearer, answer.status_code, answer.content, retry_after(answer.headers) or 0.0, None)
