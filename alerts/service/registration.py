"""What a phone says of itself when it registers or changes, and what it is refused for."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.ports import Address, Platform
from alerts.store.device import Device


class UnknownDistrictError(ValueError):
    """Districts that the city does not have; `unknown` maps their places in the list that was sent to the ids."""

    def __init__(self, unknown: dict[int, str]) -> None:
        super().__init__(f"not districts of this city: {', '.join(unknown.values())}")
        self.unknown = unknown


class UnknownSecretError(LookupError):
    """No device has this secret: it was never given out, or was replaced, or its device was deleted."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a phone says of itself. No district means the whole city."""

    address: Address
    platform: Platform
    language: str
    districts: Sequence[str]
    normal_pushes: bool  # wants advisories and the like too


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
