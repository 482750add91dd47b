"""What the routes of one world need: its services, and its answers in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from alerts.service.services import Services
from api.language import negotiate
from api.residents.bundle.files import BundleFiles
from api.residents.bundle.keys import BundleKeys
from api.residents.last_known import LastKnown
from api.residents.prefix import prefix_of
from api.residents.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class WorldApi:
    """One world, as routes see it. `prefix` is /v1 or /v1/drill: no route knows two worlds (R1)."""

    services: Services
    snapshot: Snapshot
    prefix: str
    bundle: BundleFiles | None  # None: no key to sign with

    @classmethod
    def of(cls, services: Services, last_known: Path | None, bundle_secrets: Sequence[bytes]) -> "WorldApi":
        """The routes' side of a world.

        `last_known` is a folder for what it knows, across restarts. `bundle_secrets`, the newest first: its bundles are
        signed with keys of them.
        """
        snapshot = Snapshot(services, LastKnown(services, last_known) if last_known else None)
        keys = BundleKeys(services.world, bundle_secrets) if bundle_secrets else None
        return cls(services, snapshot, prefix_of(services), BundleFiles(snapshot, keys) if keys else None)

    @property
    def tag(self) -> str:
        """The heading under which OpenAPI lists the world's routes."""
        return "drill" if self.services.is_drill else "live"

    def language(self, request: Request) -> str:
        """The language in which to answer a request."""
        wording, default = self.services.wording, self.services.pack.policy.default_language
        return negotiate(request.headers.get("accept-language"), wording.find, default)
