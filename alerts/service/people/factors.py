"""What comes beside the password: a code of the authenticator app, a printed one, or a given one."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import pyotp

from alerts.people.code import BYTES, digest, spelled, totp_digits
from alerts.people.officer import Officer
from alerts.people.session import Method
from alerts.service.services import Services
from alerts.store.cipher import AddressUnreadableError, of_officer
from alerts.store.officers import Credentials
from alerts.store.unit_of_work import UnitOfWork

STEP_SECONDS = 30
_STEPS = (0, -1, 1)  # a telephone's clock may be half a minute off


@dataclass(frozen=True, slots=True)
class Factor:
    """A code that fits, before it is used up."""

    method: Method
    mark: str | int  # the step of an app's code, the hash of another one


def new_code() -> str:
    """A code to be read and typed once."""
    return spelled(secrets.token_bytes(BYTES))


def new_token() -> str:
    """What a browser holds."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What of it is kept (R20)."""
    return sha256(token.encode()).hexdigest()


def step_of(secret: str, digits: str, now: datetime) -> int | None:
    """The half minute whose code this is; None if it is that of none near now."""
    totp, current = pyotp.TOTP(secret, interval=STEP_SECONDS), int(now.timestamp()) // STEP_SECONDS
    fitting = [current + off for off in _STEPS if secrets.compare_digest(totp.generate_otp(current + off), digits)]
    return fitting[0] if fitting else None


def fitting(services: Services, uow: UnitOfWork, officer: Officer, has: Credentials, typed: str) -> Factor | None:
    """The factor that a typed code is; nothing is used up yet."""
    now = services.clock.now()
    if digits := totp_digits(typed):
        secret = _secret(services, officer, has)
        step = step_of(secret, digits, now) if secret else None
        return None if step is None else Factor(Method.TOTP, step)
    hash_ = digest(typed)
    if hash_ is None:
        return None
    if has.has_code(hash_, now):
        return Factor(Method.CODE, hash_)
    return Factor(Method.RECOVERY, hash_) if uow.officers.has_recovery_code(officer.id, hash_) else None


def use(uow: UnitOfWork, officer_id: str, factor: Factor) -> bool:
    """Uses a code up; False if somebody was faster."""
    match factor.method, factor.mark:
        case Method.TOTP, int(step):
            return uow.officers.use_totp_step(officer_id, step)
        case Method.CODE, str(hash_):
            return uow.officers.use_code(officer_id, hash_)
        case _, str(hash_):
            return uow.officers.use_recovery_code(officer_id, hash_)
        case _:
            return False


def _secret(services: Services, officer: Officer, has: Credentials) -> str | None:
    """Unreadable after a change of the key that was not finished: then other ways in are open."""
    if has.totp_cipher is None:
        return None
    try:
        return services.cipher.opened(has.totp_cipher, of_officer(officer.id))
    except AddressUnreadableError:
        return None
