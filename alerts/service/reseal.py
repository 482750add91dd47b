"""Addresses are encrypted anew after the key was changed, a few at a time, beside the running service (R20)."""

import logging
from dataclasses import dataclass
from functools import partial

from alerts.channel.subscriber import Subscriber
from alerts.service.register import forget
from alerts.service.services import Services
from alerts.store.cipher import SUBSCRIBER, AddressUnreadableError, of_officer
from alerts.store.database import run
from alerts.store.device import SealedAddress
from alerts.store.subscribers import SealedTarget
from alerts.store.unit_of_work import UnitOfWork

STEP = 200  # addresses in one transaction: the service waits for it no longer than for any other

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Resealed:
    """What became of the addresses, and of what officers log in with."""

    renewed: int = 0
    unreadable: int = 0  # written with neither key: those phones must register again, those of the list be put on it
    officers: int = 0  # whose authenticator's secret is sealed with the key that is set
    shut_officers: int = 0  # whose secret no key opens: they need a code, `bosai user reset`


def reseal(services: Services) -> Resealed:
    """Walks through the list and all devices once. What it was killed in is done again, and changes nothing then."""
    renewed, unreadable = _reseal_list(services)
    number = 0
    while True:
        after, step = run(services.database, partial(_step, services, number))
        if after is None:
            return Resealed(renewed, unreadable, *run(services.database, partial(_officers, services)))
        number, renewed, unreadable = after, renewed + step.renewed, unreadable + step.unreadable


def _reseal_list(services: Services) -> tuple[int, int]:
    """The second channel's list: how many were sealed anew, and how many can be read with no key."""
    renewed = unreadable = 0
    with services.database.read() as uow:
        everybody = uow.subscribers.all()
    for subscriber in everybody:
        try:
            renewed += run(services.database, partial(_renew_target, services, subscriber))
        except AddressUnreadableError as error:
            _log.error("subscriber %s: %s", subscriber.id, error)
            unreadable += 1
    return renewed, unreadable


def _renew_target(services: Services, subscriber: Subscriber, uow: UnitOfWork) -> bool:
    """Whether it was sealed with a former key."""
    sealed, cipher = uow.subscribers.target(subscriber.id), services.cipher
    address = cipher.opened(sealed.address_cipher, SUBSCRIBER)
    fingerprint = cipher.fingerprint(subscriber.channel, address)
    if fingerprint == sealed.address_fingerprint:
        return False
    secret = cipher.opened(sealed.secret_cipher, SUBSCRIBER) if sealed.secret_cipher else None
    anew = cipher.encrypt(secret, SUBSCRIBER) if secret else None
    uow.subscribers.reseal(subscriber.id, SealedTarget(cipher.encrypt(address, SUBSCRIBER), fingerprint, anew))
    return True


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
        return forget(services, uow, number)
    return uow.devices.reseal(number, old, SealedAddress(kind, services.cipher.encrypt(value), fingerprint))


def _officers(services: Services, uow: UnitOfWork) -> tuple[int, int]:
    """How many secrets of authenticator apps are sealed anew, and how many no key opens. There are dozens, not more."""
    cipher, done, shut = services.cipher, 0, 0
    for officer_id, sealed in uow.officers.totp_ciphers().items():
        try:
            secret = cipher.opened(sealed, of_officer(officer_id))
            done += uow.officers.reseal(officer_id, sealed, cipher.encrypt(secret, of_officer(officer_id)))
        except AddressUnreadableError as error:
            _log.error("officer %s: %s", officer_id, error)
            shut += 1
    return done, shut
