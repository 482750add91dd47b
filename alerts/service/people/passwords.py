"""Passwords are hashed with argon2id, two at a time: a flood of guesses must not take the machine from the alerts."""

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from alerts.people.password import composed, weakness
from alerts.service.people.refused import Reason, RefusedError

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_TURNS = BoundedSemaphore(2)


def hashed(password: str, login: str) -> str:
    """The hash to keep. Raises `RefusedError` for a password that is too weak."""
    if found := weakness(password, login):
        raise RefusedError(Reason(found))
    with _TURNS:
        return _HASHER.hash(composed(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password; as slow for somebody who has none."""
    with _TURNS:
        try:
            return _HASHER.verify(kept or _nobodys(), composed(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    """Compared for names that nobody has, so that the answer takes as long; it is the hash of nothing that is typed."""
    return _HASHER.hash(secrets.token_urlsafe())
