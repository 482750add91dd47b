"""Addresses are encrypted anew after the key was changed, a few at a time, beside the running service (R20)."""

import logging
from dataclasses import dataclass
from functools import partial

from alerts.service.services import Services
from alerts.store.cipher import AddressUnreadableError
from alerts.store.database import run
from alerts.store.device import SealedAddress
from alerts.store.secret_box import SecretUnreadableError
from alerts.store.unit_of_work import UnitOfWork

STEP = 200  # addresses in one transaction: the service waits for it no longer than for any other

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Resealed:
    """What became of the addresses, and of what officers log in with."""

    renewed: int = 0
    unreadable: int = 0  # written with neither key: those phones must register again
    officers: int = 0  # whose authenticator's secret is sealed with the key that is set
    shut_officers: int = 0  # whose secret no key opens: they need a code, `bosai user reset`


def reseal(services: Services) -> Resealed:
    """Walks through all devices once. What it was killed in is done again, and changes nothing then."""
    number, renewed, unreadable = 0, 0, 0
    while True:
        after, step = run(services.database, partial(_step, services, number))
        if after is None:
            return Resealed(renewed, unreadable, *run(services.database, partial(_officers, services)))
        number, renewed, unreadable = after, renewed + step.renewed, unreadable + step.unreadable


def _step(services: Services, since: int, uow: UnitOfWork) -> tuple[int | None, Resealed]:
    """The last number of the step, None if nothing is left; and what became of it."""
    sealed = uow.devices.sealed_after(since, STEP)
    renewed = unreadable = 0
    for number, old in sealed:
        try:
            renewed += _renew(services, uow, number, old)
        except AddressUnreadableError as error:
            _log.error("device %d: %s", number, error)
            unreadable += 1
    return (sealed[-1][0] if sealed else None), Resealed(renewed, unreadable)


def _renew(services: Services, uow: UnitOfWork, number: int, old: SealedAddress) -> bool:
    """Whether it was sealed with a former key. Where the phone has registered anew meanwhile, the old row goes."""
    kind, value = services.cipher.decrypt(old.address_kind, old.address_cipher)
    fingerprint = services.cipher.fingerprint(kind, value)
    if fingerprint == old.address_fingerprint:
        return False
    if uow.devices.by_address([fingerprint]):
        return uow.devices.delete(number)
    return uow.devices.reseal(number, old, SealedAddress(kind, services.cipher.encrypt(value), fingerprint))


def _officers(services: Services, uow: UnitOfWork) -> tuple[int, int]:
    """How many secrets of authenticator apps are sealed anew, and how many no key opens. There are dozens, not more."""
    box, done, shut = services.cipher.officers, 0, 0
    for officer_id, sealed in uow.officers.totp_ciphers().items():
        try:
            done += uow.officers.reseal(officer_id, sealed, box.seal(officer_id, box.open(officer_id, sealed)))
        except SecretUnreadableError as error:
            _log.error("officer %s: %s", officer_id, error)
            shut += 1
    return done, shut
