"""Devices come, change and go, without an account: one is known by its bearer secret (requirements.md, lead 17)."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import IntegrityError, NoResultFound

from alerts.ports import Address
from alerts.service.as_stored import device_change, new_device, secret_hash
from alerts.service.outage import OUTAGES
from alerts.service.registration import Choice, Registered, Registration, UnknownSecretError
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.device import Device, DeviceChange, NewDevice
from alerts.store.together import run_together
from alerts.store.unit_of_work import UnitOfWork

SECRET_BYTES = 32  # 256 bit
SEEN_TO_THE = timedelta(days=1)


def register(services: Services, registration: Registration) -> Registered:
    """Registers a phone; a phone that was registered before keeps its place and gets a new secret.

    So a reinstalled app is never told twice. Raises `UnknownDistrictError`.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    new = new_device(services, registration, secret)
    device = run_together(services.database, lambda uow: admit(services, uow, new, registration), retry_on=RACE)
    return Registered(device, secret)


def register_all(services: Services, registrations: Iterable[Registration]) -> int:
    """Registers many phones that nobody holds, in one transaction; returns how many. Their secrets are thrown away."""
    new = [(new_device(services, one, secrets.token_urlsafe(SECRET_BYTES)), one) for one in registrations]

    def work(uow: UnitOfWork) -> int:
        """All of them or none."""
        return len([admit(services, uow, *one) for one in new])

    return run(services.database, work, retry_on=RACE)


def authenticate(services: Services, secret: str) -> Device:
    """The device that shows this secret; raises `UnknownSecretError`. Once a day it is noted that it was seen."""
    with services.database.read() as uow:
        device = uow.devices.by_secret(secret_hash(secret))
    if device is None:
        raise UnknownSecretError("no device has this secret")
    now = services.clock.now()
    if now - device.seen_at >= SEEN_TO_THE:
        with suppress(*OUTAGES):  # reads go on without it (R30)
            run(services.database, lambda uow: uow.devices.saw(device.number, now))
    return device


def change(services: Services, device: Device, choice: Choice) -> Device:
    """Changes a device. Raises `UnknownDistrictError`, or `UnknownSecretError` if it was deleted meanwhile."""
    wanted = device_change(services, choice)

    def work(uow: UnitOfWork) -> Device:
        """Takes the address from whoever had it, and changes the device."""
        if choice.address is not None:
            same = _registered(services, uow, choice.address)
            _forget(services, uow, (other for other in same if other.number != device.number))
        return uow.devices.update(device.number, wanted, services.clock.now())

    try:
        return run(services.database, work, retry_on=RACE)
    except NoResultFound:
        raise UnknownSecretError("the device was deleted") from None


def rotate(services: Services, device: Device) -> Registered:
    """Gives a phone another secret; the one before opens nothing from now on. Raises `UnknownSecretError`."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    anew = DeviceChange(secret_hash=secret_hash(secret))
    try:
        changed = run(services.database, lambda uow: uow.devices.update(device.number, anew, services.clock.now()))
    except NoResultFound:
        raise UnknownSecretError("the device was deleted") from None
    return Registered(changed, secret)


def delete(services: Services, device: Device) -> None:
    """Forgets a device; nothing personal is left. Deleting it twice is no error."""
    run(services.database, lambda uow: forget(services, uow, device.number))


def forget(services: Services, uow: UnitOfWork, number: int) -> bool:
    """Forgets the device of a number; False if it is gone already. Whoever followed it is told of less from now on."""
    uow.sharing.end_all_of(number, services.clock.now())
    return uow.devices.delete(number)


RACE = (IntegrityError,)  # two requests with one address at once: the second finds the first when it tries again


def admit(services: Services, uow: UnitOfWork, new: NewDevice, said: Registration) -> Device:
    """Adds a device in a transaction, or renews the one that has its address."""
    known = _registered(services, uow, said.address)
    if not known:
        return uow.devices.add(new, services.clock.now())
    _forget(services, uow, known[1:])
    renewed = DeviceChange(
        secret_hash=new.secret_hash,
        address=new.address,
        platform=new.platform,
        language=new.language,
        normal_pushes=said.normal_pushes,
        districts=new.districts,
        further_places=None if said.further_places is None else new.further_places,
        preferences=said.preferences,
    )
    return uow.devices.update(known[0].number, renewed, services.clock.now())


def _registered(services: Services, uow: UnitOfWork, address: Address) -> list[Device]:
    """Registrations of an address, with whichever key it was sealed."""
    return uow.devices.by_address(services.cipher.fingerprints(*address))


def _forget(services: Services, uow: UnitOfWork, others: Iterable[Device]) -> None:
    """Removes other registrations of the same phone: one address, one push."""
    for other in others:
        forget(services, uow, other.number)
