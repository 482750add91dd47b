"""What a phone asks for, as it is stored: known districts, an encrypted address, the hash of its secret (R20)."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from alerts.ports import Address
from alerts.service.registration import Choice, Registration, UnknownDistrictError
from alerts.service.services import Services
from alerts.store.device import DeviceChange, NewDevice, SealedAddress

_ID_BYTES = 12


def new_device(services: Services, registration: Registration, secret: str) -> NewDevice:
    """A device as it is stored, with the city's choices where the phone made none. Raises `UnknownDistrictError`."""
    city, wanted = services.pack.policy, registration
    return NewDevice(
        id="d" + secrets.token_hex(_ID_BYTES),
        secret_hash=secret_hash(secret),
        address=_sealed(services, registration.address),
        platform=registration.platform,
        language=registration.language,
        normal_pushes=city.normal_pushes if wanted.normal_pushes is None else wanted.normal_pushes,
        districts=_home(services, wanted.districts),
        further_places=_further(services, wanted.further_places or ()),
        preferences=wanted.preferences or city.preferences,
    )


def device_change(services: Services, choice: Choice) -> DeviceChange:
    """What changes in the row of a device; None stays as it is. Raises `UnknownDistrictError`."""
    return DeviceChange(
        address=None if choice.address is None else _sealed(services, choice.address),
        platform=choice.platform,
        language=choice.language,
        normal_pushes=choice.normal_pushes,
        districts=None if choice.districts is None else _home(services, choice.districts),
        further_places=None if choice.further_places is None else _further(services, choice.further_places),
        preferences=choice.preferences,
    )


def secret_hash(secret: str) -> str:
    """What is stored of a bearer secret: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _home(services: Services, wanted: Sequence[str]) -> frozenset[str]:
    _refuse_unknown(services, {f"districts.{number}": district for number, district in enumerate(wanted)})
    return frozenset(wanted)


def _further(services: Services, wanted: Sequence[Sequence[str]]) -> tuple[frozenset[str], ...]:
    listed = {
        f"further_places.{place}.{number}": district
        for place, districts in enumerate(wanted)
        for number, district in enumerate(districts)
    }
    _refuse_unknown(services, listed)
    return tuple(frozenset(districts) for districts in wanted)


def _refuse_unknown(services: Services, listed: Mapping[str, str]) -> None:
    if not listed:
        return
    known = {district.id for district in services.pack.districts}
    unknown = {where: district for where, district in listed.items() if district not in known}
    if unknown:
        raise UnknownDistrictError(unknown)


def _sealed(services: Services, address: Address) -> SealedAddress:
    return SealedAddress(
        address_kind=address.kind,
        address_cipher=services.cipher.encrypt(address.value),
        address_fingerprint=services.cipher.fingerprint(address.kind, address.value),
    )
