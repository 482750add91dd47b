"""A phone lets another be told what its own places get, and either ends it (issue 6). Nothing personal is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from alerts.service.registration import UnknownSecretError
from alerts.service.services import Services
from alerts.sharing import CODE_LIVES, PATIENCE, WRONG_CODES, Refusal, free_number, new_code, plain_code, refusal
from alerts.store.database import run
from alerts.store.device import Device
from alerts.store.sharing import Follow
from alerts.store.unit_of_work import UnitOfWork

_VERSION = "sharing"  # bumped by each new follow, so that two at once are made one after the other: no circle closes
_KIND = "share"  # of what the keyed hash is made
_ID_BYTES = 12


class UnknownCodeError(LookupError):
    """Nobody gave this code away, it was taken, or its time is over: whoever shows it never learns which."""


class TooManyCodesError(Exception):
    """The phone showed too many wrong codes; `again_after` is in seconds."""

    def __init__(self, again_after: int) -> None:
        super().__init__(f"too many wrong codes; again in {again_after} s")
        self.again_after = again_after


class ShareRefusedError(ValueError):
    """The code is right, and still there may be no such follow."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class UnknownFollowError(LookupError):
    """The phone is not one side of a follow of this id; perhaps the other side has ended it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A code to be given to one other phone."""

    code: str
    expires_at: datetime


def offer(services: Services, device: Device) -> Offer:
    """A new code; the phone's last one is worth nothing any more. Raises `UnknownSecretError` if it was deleted."""
    now = services.clock.now()
    made = Offer(new_code(), now + CODE_LIVES)
    code_hash = _hash(services, made.code)
    try:
        run(services.database, lambda uow: uow.sharing.offer(device.number, code_hash, made.expires_at, now))
    except IntegrityError:
        raise UnknownSecretError("the device was deleted") from None
    return made


def follow(services: Services, device: Device, code: str) -> Follow:
    """Uses a code up: the phone is told from now on what the other's places get.

    Raises `TooManyCodesError`, `UnknownCodeError`, `ShareRefusedError`, or `UnknownSecretError` if it was deleted.
    """
    try:
        made = run(services.database, lambda uow: _follow(services, uow, device, _hash(services, code)))
    except IntegrityError:
        raise UnknownSecretError("the device was deleted") from None
    if isinstance(made, Exception):
        raise made
    return made


def follows(services: Services, device: Device) -> list[Follow]:
    """The follows that a phone is one side of, the oldest first."""
    with services.database.read() as uow:
        return uow.sharing.of(device.number)


def end(services: Services, device: Device, follow_id: str) -> None:
    """Either side ends it, at once; raises `UnknownFollowError`."""
    now = services.clock.now()
    if not run(services.database, lambda uow: uow.sharing.end(follow_id, device.number, now)):
        raise UnknownFollowError("this phone neither follows nor is followed under that id")


def _follow(services: Services, uow: UnitOfWork, device: Device, code_hash: str) -> Follow | Exception:
    """The new follow, or why there is none: a wrong code is counted, so its transaction is committed too."""
    now = services.clock.now()
    uow.versions.bump(_VERSION, now)
    failures = uow.sharing.failures(device.number, now - PATIENCE)
    if failures and failures[0] >= WRONG_CODES:
        return TooManyCodesError(max(1, round((failures[1] + PATIENCE - now).total_seconds())))
    followed = uow.sharing.offered(code_hash, now)
    if followed is None:
        uow.sharing.failed(device.number, now - PATIENCE, now)
        return UnknownCodeError("no phone has given this code away, or its time is over")
    around = uow.sharing.around(device.number, followed)
    if refused := refusal(device.number, followed, around, uow.sharing.followers(followed)):
        return ShareRefusedError(refused)
    uow.sharing.take(code_hash)
    taken = {one.place for one in uow.sharing.of(device.number) if one.follower == device.number}
    made = Follow("f" + secrets.token_hex(_ID_BYTES), device.number, followed, free_number(taken), now)
    uow.sharing.add(made, now)
    return made


def _hash(services: Services, code: str) -> str:
    return services.cipher.fingerprint(_KIND, plain_code(code))
