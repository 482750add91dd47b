"""Encrypts what an officer's authenticator app shares with us: a stolen database makes no codes (R20)."""

import os
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12
_PURPOSE = b"bosai officer secret v1"


class SecretUnreadableError(ValueError):
    """It was sealed with another key, for another officer, or its bytes are damaged."""


class SecretBox:
    """AES-256-GCM under a key derived from the service's; what is sealed for one officer opens for no other one."""

    def __init__(self, key: bytes, *former: bytes) -> None:
        """`former` are keys that something may still be sealed with."""
        self._aead, *self._former = (AESGCM(_derived(one)) for one in (key, *former))

    def seal(self, officer_id: str, secret: str) -> bytes:
        """The secret as it is stored; never the same twice."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, secret.encode(), _for(officer_id))

    def open(self, officer_id: str, sealed: bytes) -> str:
        """The secret. Raises `SecretUnreadableError`, which names no part of it."""
        nonce, cipher = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        for aead in (self._aead, *self._former):
            with suppress(InvalidTag, ValueError):
                return aead.decrypt(nonce, cipher, _for(officer_id)).decode()
        raise SecretUnreadableError("the secret cannot be opened: the key is not the one it was sealed with")


def _for(officer_id: str) -> bytes:
    return _PURPOSE + b": " + officer_id.encode()


def _derived(key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=len(key), salt=None, info=_PURPOSE).derive(key)
