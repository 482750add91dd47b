"""Where messages are sent to. A drill can only ever reach this machine (R1)."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import certifi

from alerts.world import DrillWorld, LiveWorld, World, WorldMismatchError, require_drill, require_live

LIVE_ORIGIN = "https://fcm.googleapis.com"


class NotLoopbackError(ValueError):
    """An endpoint for drills that is not on this machine."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An FCM v1 server and the world it belongs to: Google's for the live world, this machine's for a drill.

    Refuses every other combination, whoever makes it.
    """

    world: World
    origin: str
    project: str
    ca: Path

    def __post_init__(self) -> None:
        """The guard of R1 that no factory can go around."""
        if isinstance(self.world, LiveWorld):
            if self.origin != LIVE_ORIGIN:
                raise WorldMismatchError(f"the live world sends to {LIVE_ORIGIN}, not to {self.origin} (R4)")
        elif not is_loopback(self.origin):
            raise NotLoopbackError(
                f"a drill sends to an https address of this machine such as https://127.0.0.1:8443, not to "
                f"{self.origin} (R1)"
            )

    @property
    def url(self) -> str:
        """Where messages are posted."""
        return f"{self.origin}/v1/projects/{self.project}/messages:send"


def live_endpoint(world: LiveWorld, project: str) -> Endpoint:
    """Google's FCM for one Firebase project; raises `WorldMismatchError` for a drill world."""
    return Endpoint(require_live(world), LIVE_ORIGIN, project, Path(certifi.where()))


def drill_endpoint(world: DrillWorld, url: str, ca: Path, project: str) -> Endpoint:
    """A fake FCM server on this machine; raises `NotLoopbackError` for any other."""
    return Endpoint(require_drill(world), url.rstrip("/"), project, ca)


def is_loopback(origin: str) -> bool:
    """True for https with a loopback address written as a number: a name could mean another machine tomorrow."""
    parts = urlsplit(origin)
    if parts.scheme != "https" or parts.username is not None or parts.path or parts.query or parts.fragment:
        return False
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
