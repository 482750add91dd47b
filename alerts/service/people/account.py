"""An officer looks after his own keys to the door; each change asks that he has just come in through it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from alerts.people.code import RECOVERY_CODES, digest, totp_digits
from alerts.service import audit
from alerts.service.people.factors import new_code, step_of
from alerts.service.people.passwords import hashed
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import Visitor, close_all
from alerts.service.services import Services
from alerts.store.cipher import of_officer
from alerts.store.database import run
from alerts.store.passkeys import Passkey
from alerts.store.unit_of_work import UnitOfWork

LONGEST_REACHABLE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Account:
    """What an officer has to come in with."""

    has_totp: bool
    passkeys: tuple[Passkey, ...]
    recovery_codes: int
    sessions: int
    reachable_until: datetime | None

    @property
    def comes_in_again(self) -> bool:
        """Whether he has anything but the code that he was given once."""
        return self.has_totp or bool(self.passkeys) or self.recovery_codes > 0


@dataclass(frozen=True, slots=True)
class NewTotp:
    """A secret that is shown once; it counts when a code made from it comes back."""

    sealed: str  # hexadecimal, for the form: only this service opens it, for this officer only
    secret: str
    uri: str


def account(services: Services, visitor: Visitor) -> Account:
    """As it is now."""
    own = visitor.officer.id
    with services.database.read() as uow:
        officer = uow.officers.get(own)
        return Account(
            uow.officers.credentials(own).totp_cipher is not None,
            tuple(uow.passkeys.of(own)),
            uow.officers.count_recovery_codes(own),
            uow.sessions.count(own),
            officer.reachable_until if officer else None,
        )


def require_fresh(services: Services, visitor: Visitor) -> None:
    """A session that was left open on a desk must not get keys of its own. Raises `RefusedError` (`NOT_FRESH`)."""
    if not visitor.session.is_fresh(services.clock.now()):
        raise RefusedError(Reason.NOT_FRESH)


def change_password(services: Services, visitor: Visitor, password: str) -> None:
    """Takes a new password and logs him out everywhere else. Raises `RefusedError`."""
    require_fresh(services, visitor)
    kept = hashed(password, visitor.officer.login)

    def work(uow: UnitOfWork) -> None:
        now = services.clock.now()
        uow.officers.change(visitor.officer.id, password_hash=kept)
        audit.record(uow, visitor.actor, "password.set", None, {"login": visitor.officer.login}, now)
        close_all(uow, visitor.actor, visitor.officer, now, but=visitor.session.token_hash)

    run(services.database, work)


def offer_totp(services: Services, visitor: Visitor, issuer: str) -> NewTotp:
    """A new secret for his authenticator app. Nothing is kept until it is proved. Raises `RefusedError`."""
    require_fresh(services, visitor)
    return _shown(services, visitor, pyotp.random_base32(), issuer)


def offered_again(services: Services, visitor: Visitor, sealed: str, issuer: str) -> NewTotp:
    """The same secret after a slip of the finger: it is in the app already."""
    return _shown(services, visitor, _opened(services, visitor, sealed), issuer)


def set_totp(services: Services, visitor: Visitor, sealed: str, typed: str) -> None:
    """The app made a code from the offered secret: from now on it counts. Raises `RefusedError` (`WRONG_CODE`)."""
    require_fresh(services, visitor)
    secret, now = _opened(services, visitor, sealed), services.clock.now()
    step = step_of(secret, totp_digits(typed) or "", now)
    if step is None:
        raise RefusedError(Reason.WRONG_CODE)
    cipher = services.cipher.encrypt(secret, of_officer(visitor.officer.id))

    def work(uow: UnitOfWork) -> None:
        had = uow.officers.credentials(visitor.officer.id).totp_cipher is not None
        uow.officers.change(visitor.officer.id, totp_cipher=cipher, totp_step=step)
        audit.record(uow, visitor.actor, "totp.set", {"set": had}, {"set": True}, now)

    run(services.database, work)


def new_recovery_codes(services: Services, visitor: Visitor) -> list[str]:
    """Ten codes to be printed, in place of all before; they are shown once. Raises `RefusedError`."""
    require_fresh(services, visitor)
    codes = [new_code() for _ in range(RECOVERY_CODES)]

    def work(uow: UnitOfWork) -> list[str]:
        left = uow.officers.count_recovery_codes(visitor.officer.id)
        uow.officers.set_recovery_codes(visitor.officer.id, [digest(code) or "" for code in codes])
        audit.record(uow, visitor.actor, "recovery.set", {"left": left}, {"left": len(codes)}, services.clock.now())
        return codes

    return run(services.database, work)


def remove_passkey(services: Services, visitor: Visitor, passkey_id: str) -> None:
    """The key opens nothing any more; one that is gone already changes nothing. Raises `RefusedError`."""
    require_fresh(services, visitor)

    def work(uow: UnitOfWork) -> None:
        own = visitor.officer.id
        uow.officers.lock(own)
        keys = {key.id: key for key in uow.passkeys.of(own)}
        if passkey_id in keys and len(keys) == 1 and uow.officers.credentials(own).totp_cipher is None:
            raise RefusedError(Reason.LAST_FACTOR)
        if (key := keys.get(passkey_id)) and uow.passkeys.remove(own, passkey_id):
            audit.record(uow, visitor.actor, "passkey.remove", {"label": key.label}, None, services.clock.now())

    run(services.database, work)


def reachable_for(services: Services, visitor: Visitor, span: timedelta) -> None:
    """He can be reached so long from now; nothing at all: not any more (R24)."""
    now = services.clock.now()
    until = now + min(span, LONGEST_REACHABLE) if span > timedelta(0) else None

    def work(uow: UnitOfWork) -> None:
        uow.officers.change(visitor.officer.id, reachable_until=until)
        said = {"until": until.isoformat() if until else None}
        audit.record(uow, visitor.actor, "officer.reachable", None, said, now)

    run(services.database, work)


def _opened(services: Services, visitor: Visitor, sealed: str) -> str:
    try:
        return services.cipher.opened(bytes.fromhex(sealed), of_officer(visitor.officer.id))
    except ValueError:
        raise RefusedError(Reason.WRONG_CODE) from None


def _shown(services: Services, visitor: Visitor, secret: str, issuer: str) -> NewTotp:
    uri = pyotp.TOTP(secret).provisioning_uri(name=visitor.officer.login, issuer_name=issuer)
    return NewTotp(services.cipher.encrypt(secret, of_officer(visitor.officer.id)).hex(), secret, uri)
