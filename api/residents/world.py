"""What the routes of one world need: its services, and its answers in memory."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from alerts.service.services import Services
from api.language import negotiate
from api.residents.last_known import LastKnown
from api.residents.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class WorldApi:
    """One world, as routes see it. `prefix` is /v1 or /v1/drill: no route knows two worlds (R1)."""

    services: Services
    snapshot: Snapshot
    prefix: str

    @classmethod
    def of(cls, services: Services, last_known: Path | None = None) -> "WorldApi":
        """The routes' side of a world; `last_known` is a folder for what it knows, across restarts."""
        kept = LastKnown(services, last_known) if last_known else None
        return cls(services, Snapshot(services, kept), "/v1/drill" if services.is_drill else "/v1")

    @property
    def tag(self) -> str:
        """The heading under which OpenAPI lists the world's routes."""
        return "drill" if self.services.is_drill else "live"

    def language(self, request: Request) -> str:
        """The language in which to answer a request."""
        wording, default = self.services.wording, self.services.pack.policy.default_language
        return negotiate(request.headers.get("accept-language"), wording.find, default)
