"""Who asks: the device that shows its secret, or nobody (401)."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from alerts.service import register
from alerts.service.registration import UnknownSecretError
from alerts.service.services import Services
from alerts.store.device import Device
from api.guard.gate import Gate
from api.problems import ProblemError

BEARER = HTTPBearer(auto_error=False, description="The secret that the registration answered with.")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


def owner_in(services: Services) -> Callable[[HTTPAuthorizationCredentials | None], Device]:
    """A dependency that finds the device of a secret in one world, and in that one only (R1)."""

    def owner(credentials: Credentials) -> Device:
        """Raises the problem of a request without a secret that is known."""
        if credentials is None:
            raise unauthenticated()
        try:
            return register.authenticate(services, credentials.credentials)
        except UnknownSecretError:
            raise unauthenticated() from None

    return owner


def changing_owner_in(services: Services, gate: Gate) -> Callable[[Device], Device]:
    """The same, for what changes something: a phone may do so much, and then must wait (429)."""

    def changing_owner(device: Annotated[Device, Depends(owner_in(services))]) -> Device:
        """Raises the problem of a phone that must wait."""
        gate.admit_change(services, device)
        return device

    return changing_owner


def unauthenticated() -> ProblemError:
    """The same words for every reason: nobody learns whether a secret ever existed."""
    return ProblemError(
        "unauthenticated",
        "Send the secret of a registered device as `Authorization: Bearer …`, or register again.",
        headers={"WWW-Authenticate": "Bearer"},
    )
