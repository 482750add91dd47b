"""What a phone says of itself when it registers or changes, and what it is refused for."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.ports import Address, Platform
from alerts.preferences import Preferences
from alerts.store.device import Device


class UnknownDistrictError(ValueError):
    """Districts that the city does not have; `unknown` maps where each stands in what was sent to the id.

    `districts.0` is the first of the home, `further_places.1.0` the first of the second further place.
    """

    def __init__(self, unknown: dict[str, str]) -> None:
        super().__init__(f"not districts of this city: {', '.join(unknown.values())}")
        self.unknown = unknown


class UnknownSecretError(LookupError):
    """No device has this secret: it was never given out, or was replaced, or its device was deleted."""


class KeyReusedError(ValueError):
    """An Idempotency-Key came again with another registration: which of the two was meant is unknown."""


class KeySpentError(LookupError):
    """An Idempotency-Key came again after the secret that it led to was replaced: the phone has a newer one."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a phone says of itself. No district means the whole city.

    What is None stays as it was where the address is known, so that a new app does not forget what was chosen; a new
    phone gets what the city's policy has.
    """

    address: Address
    platform: Platform
    language: str
    districts: Sequence[str]
    normal_pushes: bool | None  # wants advisories and the like too
    further_places: Sequence[Sequence[str]] | None = None  # 1, 2, …; home is `districts`
    preferences: Preferences | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """A device, and its secret: told once, kept only as a hash (R20)."""

    device: Device
    secret: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a phone changes of itself; None leaves a thing as it is."""

    address: Address | None = None
    platform: Platform | None = None
    language: str | None = None
    districts: Sequence[str] | None = None
    normal_pushes: bool | None = None
    further_places: Sequence[Sequence[str]] | None = None
    preferences: Preferences | None = None
