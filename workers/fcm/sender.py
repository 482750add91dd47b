"""The push sender for FCM v1. Only `live_sender` can reach Google, and only from the live world (R1)."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

from alerts.ports import DRILL_CHANNEL, LIVE_CHANNEL, Clock, PushJob, PushOutcome
from alerts.world import DrillWorld, LiveWorld, World, WorldMismatchError, require_drill, require_live
from workers.fcm.carrier import Carrier, Limits
from workers.fcm.credentials import AccessToken, invented_service_account, service_account
from workers.fcm.endpoint import Endpoint, drill_endpoint, live_endpoint
from workers.fcm.lanes import Delivery
from workers.fcm.pace import LocalPace, Pace, Quota
from workers.fcm.payload import Template, encode
from workers.fcm.report import Report
from workers.fcm.retry import RetryRule, Throttle
from workers.fcm.run import Run
from workers.fcm.sdk import SdkTransport
from workers.fcm.tools import Tools
from workers.fcm.transport import Transport

DRILL_PROJECT = "bosai-drill"
CARRIERS: dict[str, Callable[[Endpoint, Limits], Carrier[Delivery]]] = {
    "http2": Transport,  # the fast one
    "sdk": SdkTransport,  # the Firebase Admin SDK's own
}


class FcmSender:
    """Sends through one endpoint over connections that live as long as the process (`alerts.ports.PushSender`).

    Used by one thread at a time; opens nothing before the first `send`, so that it may be built before a fork.
    """

    def __init__(
        self,
        world: World,
        endpoint: Endpoint,
        token: AccessToken,
        *,
        critical_entitlement: bool = False,
        limits: Limits | None = None,
        rule: RetryRule | None = None,
        pace: Callable[[], Pace] | None = None,
        carrier: str = "http2",
    ) -> None:
        """`pace` is made here; without it this process alone keeps the quota of FCM. `carrier` is one of `CARRIERS`."""
        if endpoint.world != world:
            raise WorldMismatchError(f"an endpoint of the {endpoint.world.name} world in the {world.name} world (R1)")
        self._world = world
        self._endpoint = endpoint
        self._token = token
        self._critical_entitlement = critical_entitlement
        self._limits = limits or Limits()
        self._rule = rule or RetryRule()
        self._pace = pace() if pace else LocalPace(Quota())
        self._throttle = Throttle()
        self._open_carrier = CARRIERS[carrier]
        self._carrier: Carrier[Delivery] | None = None
        self._owner = 0  # the process that opened the carrier

    @property
    def channel(self) -> str:
        """`fcm` only where residents' phones are at the other end."""
        return LIVE_CHANNEL if isinstance(self._endpoint.world, LiveWorld) else DRILL_CHANNEL

    def send(
        self,
        jobs: Iterable[PushJob | None],
        clock: Clock,
        record: Callable[[Sequence[PushOutcome]], bool | None],
    ) -> None:
        """Sends every job; see `PushSender.send`.

        Raises whatever `jobs` or `record` raises, and `WorldMismatchError` for a message of the other world, with no
        message left on its way that could still be taken back.
        """
        carrier = self._open()
        tools = Tools(carrier, self._token, self._pace, self._throttle, self._rule)

        def encoded(job: PushJob) -> Template:
            """The message at this moment: its lifetime runs from now."""
            return self._encode(job, clock)

        try:
            Run(tools, iter(jobs), encoded, clock, Report(record)).run()
        finally:
            carrier.abandon()

    def keep_ready(self) -> None:
        """An OAuth token lasts an hour: the first push of a quiet night must not wait for the next one."""
        self._token.current()

    def close(self) -> None:
        """Closes the connections."""
        if self._carrier is not None and self._owner == os.getpid():
            self._carrier.close()
        self._carrier = None

    def _open(self) -> Carrier[Delivery]:
        if self._carrier is None:
            self._carrier, self._owner = self._open_carrier(self._endpoint, self._limits), os.getpid()
        elif self._owner != os.getpid():
            raise RuntimeError(f"this sender has connections of process {self._owner}; build one in each process")
        return self._carrier

    def _encode(self, job: PushJob, clock: Clock) -> Template:
        message = job.message
        if message.drill != isinstance(self._world, DrillWorld):
            raise WorldMismatchError(
                f"alert {message.alert_id}: drill={message.drill} in the {self._world.name} world (R1)"
            )
        return encode(message, job.platform, clock.now(), critical_entitlement=self._critical_entitlement)


class SenderOptions(TypedDict, total=False):
    """What either world's sender may be given; see `FcmSender` for what holds without it."""

    critical_entitlement: bool
    limits: Limits | None
    rule: RetryRule | None
    pace: Callable[[], Pace] | None
    carrier: str


def live_sender(world: LiveWorld, key: Path, **options: Unpack[SenderOptions]) -> FcmSender:
    """The sender to residents' phones, with the key file of the Firebase project's service account.

    Raises `WorldMismatchError` for a drill world (R1), and ValueError for a file that is no such key.
    """
    require_live(world)
    account = service_account(key)
    endpoint = live_endpoint(world, account.project_id)
    token = AccessToken(lambda: account)
    return FcmSender(world, endpoint, token, **options)


def drill_sender(
    world: DrillWorld,
    url: str,
    ca: Path,
    *,
    project: str = DRILL_PROJECT,
    **options: Unpack[SenderOptions],
) -> FcmSender:
    """A sender to a fake FCM server on this machine, whose certificate authority is `ca`.

    Takes no key: it invents a service account and fetches its tokens from the fake server, so the true refresh path
    runs and no real credential can be in reach of a drill. Raises `NotLoopbackError` for any other machine's address.
    """
    require_drill(world)
    endpoint = drill_endpoint(world, url, ca, project)
    token = AccessToken(lambda: invented_service_account(f"{endpoint.origin}/token", project), ca=ca)
    return FcmSender(world, endpoint, token, **options)
