"""Where registrations and changes pass: the app is asked for, and what it does is counted."""

from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Annotated

from fastapi import Header, Request

from alerts.service.services import Services
from alerts.store.device import Device
from api.guard.app_check import AppCheck, NoAppCheck, Verdict
from api.guard.budget import CHANGES, REGISTRATIONS, UNPROVEN, Budget, Limiter
from api.guard.local_limiter import LocalLimiter
from api.problems import ProblemError

APP_CHECK_HEADER = "X-Firebase-AppCheck"
AppCheckToken = Annotated[
    str | None,
    Header(alias=APP_CHECK_HEADER, description="Firebase App Check's token, where the city asks for it."),
]
_ONE_LINE = 64  # bits of an IPv6 address that one household or one shelter has


@dataclass(frozen=True, slots=True)
class Gate:
    """The bounds of one installation."""

    limiter: Limiter = field(default_factory=LocalLimiter)
    app_check: AppCheck = field(default_factory=NoAppCheck)

    def admit_registration(self, services: Services, request: Request, token: str | None) -> None:
        """Raises `ProblemError` for what is not the city's app (live world only), or too much from one address."""
        who = public_address(request)
        if not services.is_drill:
            verdict = self.app_check.verdict(token)
            if verdict is Verdict.REFUSED:
                raise ProblemError(
                    "not-our-app", f"Send a fresh App Check token of the city's app in {APP_CHECK_HEADER}."
                )
            if verdict is Verdict.UNKNOWN:
                self._spend(services, UNPROVEN, who)
        self._spend(services, REGISTRATIONS, who)

    def admit_change(self, services: Services, device: Device) -> None:
        """Raises `ProblemError` for too much from one phone; to leave is never too much."""
        self._spend(services, CHANGES, device.id)

    def _spend(self, services: Services, budget: Budget, who: str | None) -> None:
        if who is None:
            return
        kept_as = services.cipher.fingerprint(f"limit {services.world.name}", who)  # no address outside this process
        seconds = self.limiter.wait(budget, kept_as)
        if seconds > 0:
            again = max(1, ceil(seconds))
            detail = f"Too many requests from here: try again in {again} seconds. All reads are still answered."
            raise ProblemError("too-many-requests", detail, headers={"Retry-After": str(again)})


def public_address(request: Request) -> str | None:
    """Whom the request came from, IPv6 by its line; None for what is no public address.

    That is this machine, the city's own network, or a proxy that nobody has named in the settings: behind it stand all
    residents, and one must not lock out the others.
    """
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if not address.is_global:
        return None
    return str(ip_network((address, _ONE_LINE), strict=False)) if address.version == 6 else str(address)  # noqa: PLR2004
