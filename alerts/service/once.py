"""A registration that is asked for again is made once: same key and same words, same answer (conventions.md, HTTP).

The phone whose answer was lost must get its secret again, and no secret may be stored (R20). So it is made from the
phone's Idempotency-Key, a random salt that is stored, and our own key: neither the database alone nor our key alone,
nor both of them together, gives it away (decision 26).
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta

from alerts.service.as_stored import new_device, secret_hash
from alerts.service.register import RACE, admit
from alerts.service.registration import KeyReusedError, KeySpentError, Registered, Registration
from alerts.service.services import Services
from alerts.store.database import run
from alerts.store.registration_keys import RegistrationKey
from alerts.store.together import run_together
from alerts.store.unit_of_work import UnitOfWork

KEPT = timedelta(hours=24)  # a phone that hears nothing asks again within minutes, or after its night
_SALT_BYTES = 32
_KEY, _ASKED, _SECRET = "registration key", "registration asked", "registration secret"  # what each keyed hash is of


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that may come again: the phone's own random key, and all that it asked for in one text."""

    key: str
    asked: str


def register_once(services: Services, registration: Registration, ask: Ask) -> Registered:
    """Registers a phone, or answers as it was answered when it asked first; in one transaction, so a crash is no half.

    Raises `UnknownDistrictError`, `KeyReusedError` where the key came with other words, and `KeySpentError` where the
    secret was replaced since.
    """
    salt = secrets.token_urlsafe(_SALT_BYTES)
    secret = _secret(services, salt, ask)[0]
    new = new_device(services, registration, secret)

    def work(uow: UnitOfWork) -> Registered:
        """Registers, or finds what this very request made before."""
        now = services.clock.now()
        kept = uow.registration_keys.find(services.cipher.fingerprints(_KEY, ask.key), now)
        if kept is not None:
            return _again(services, uow, kept, ask)
        device = admit(services, uow, new, registration)
        hashes = services.cipher.fingerprint(_KEY, ask.key), services.cipher.fingerprint(_ASKED, ask.asked)
        uow.registration_keys.add(RegistrationKey(*hashes, salt, device.number, now + KEPT), now)
        return Registered(device, secret)

    return run_together(services.database, work, retry_on=RACE)


def forget_keys(services: Services) -> None:
    """Drops the keys whose time is over. To be called often: it writes only where there is something to drop."""
    now = services.clock.now()
    with services.database.read() as uow:
        expired = uow.registration_keys.expired(now)
    if expired:
        run(services.database, lambda uow: uow.registration_keys.forget(now))


def _again(services: Services, uow: UnitOfWork, kept: RegistrationKey, ask: Ask) -> Registered:
    if kept.asked_hash not in services.cipher.fingerprints(_ASKED, ask.asked):
        raise KeyReusedError("this Idempotency-Key came with another registration")
    for secret in _secret(services, kept.salt, ask):
        device = uow.devices.by_secret(secret_hash(secret))
        if device is not None and device.number == kept.device:
            return Registered(device, secret)
    raise KeySpentError("the secret that this Idempotency-Key led to was replaced")


def _secret(services: Services, salt: str, ask: Ask) -> list[str]:
    """The secret of 256 bits in base64url, as each of our keys makes it: the present one first."""
    made = services.cipher.fingerprints(_SECRET, f"{salt}:{ask.key}")
    return [base64.urlsafe_b64encode(bytes.fromhex(one)).rstrip(b"=").decode() for one in made]
