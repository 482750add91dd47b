"""A device as it registers, as its owner sees it, and as a sender needs it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from alerts.home import Places
from alerts.ports import Platform
from alerts.preferences import NO_CHOICE, Preferences


@dataclass(frozen=True, slots=True)
class SealedAddress:
    """An address as it is stored: encrypted, and found again by its keyed hash."""

    address_kind: Literal["token", "fid"]
    address_cipher: bytes
    address_fingerprint: str


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A device as it registers. `secret_hash` is SHA-256 in hexadecimal; the secret itself is never stored."""

    id: str  # public, random
    secret_hash: str
    address: SealedAddress
    platform: Platform
    language: str
    normal_pushes: bool
    districts: frozenset[str]  # of its home
    further_places: tuple[frozenset[str], ...] = ()
    preferences: Preferences = NO_CHOICE


@dataclass(frozen=True, slots=True)
class Device:
    """A registered device, as its owner sees it."""

    number: int
    id: str
    address_kind: Literal["token", "fid"]
    platform: Platform
    language: str
    normal_pushes: bool
    reachable: bool
    created_at: datetime
    updated_at: datetime
    seen_at: datetime  # when the phone was heard of last, to the day
    preferences: Preferences
    districts: frozenset[str]  # of its home; empty: unknown, or the whole city
    further_places: tuple[frozenset[str], ...] = ()  # 1, 2, …


STALE_AFTER = timedelta(days=30)  # FCM takes pushes to a phone silent for longer and does not try (push.md §4)


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """All that decides whether a device is told, and how: devices that are alike in it share one, and are judged once.

    Compared by identity, which costs nothing: it is asked of every phone of every push.
    """

    platform: str  # the word of `Platform`
    language: str
    normal_pushes: bool
    preferences: Preferences
    places: Places


class DeviceRow(NamedTuple):
    """What it takes to decide whether a device is told, and to reach it."""

    number: int
    address_kind: Literal["token", "fid"]
    address_cipher: bytes
    traits: Traits


@dataclass(frozen=True, slots=True)
class DeviceChange:
    """What changes of a device; None leaves a thing as it is. A new address makes the device reachable again."""

    secret_hash: str | None = None
    address: SealedAddress | None = None
    platform: Platform | None = None
    language: str | None = None
    normal_pushes: bool | None = None
    districts: frozenset[str] | None = None
    further_places: tuple[frozenset[str], ...] | None = None
    preferences: Preferences | None = None
