"""Encrypts addresses and secrets at rest: a stolen database reaches nobody (R20).

Two keys are derived from the one that is configured: one encrypts (AES-256-GCM), the other makes the fingerprint by
which an address is found again without being read (HMAC-SHA256). While the key is being changed, what was written with
the former one is read too, and nothing is written with it any more.
"""

import hmac
import os
from contextlib import suppress
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alerts.ports import Address

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"  # the first byte of every ciphertext: another scheme or key can follow beside it
_HEAD_BYTES = len(_VERSION) + _NONCE_BYTES
_PURPOSE = b"bosai device address v1"  # authenticated with each address: other ciphertexts cannot be put in its place
SUBSCRIBER = b"bosai subscriber v1"  # another purpose: what was sealed for the one opens as nothing of the other


def of_officer(officer_id: str) -> bytes:
    """The purpose of what an officer logs in with: what was sealed for one opens for no other one."""
    return b"bosai officer v1: " + officer_id.encode()


class AddressUnreadableError(ValueError):
    """An address was encrypted with another key, or its bytes are damaged."""


class AddressCipher:
    """Encrypts, decrypts and recognizes device addresses with one secret key of 32 bytes."""

    def __init__(self, key: bytes, *former: bytes) -> None:
        """`former` are keys that addresses may still be encrypted with. Raises `ValueError` for one not of 32 bytes."""
        for one in (key, *former):
            if len(one) != KEY_BYTES:
                raise ValueError(f"the key of device addresses must be {KEY_BYTES} bytes, not {len(one)}")
        self._aead, *self._former = (AESGCM(_derived(one, b"encryption")) for one in (key, *former))
        self._fingerprint_keys = [_derived(one, b"fingerprint") for one in (key, *former)]

    def encrypt(self, value: str, purpose: bytes = _PURPOSE) -> bytes:
        """The address as it is stored; never the same twice."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._aead.encrypt(nonce, value.encode(), purpose)

    def decrypt(self, kind: Literal["token", "fid"], cipher: bytes) -> Address:
        """The address to send to. Raises `AddressUnreadableError`, which names no part of the address."""
        return Address(kind, self.opened(cipher, _PURPOSE))

    def opened(self, cipher: bytes, purpose: bytes) -> str:
        """What was encrypted for a purpose. Raises `AddressUnreadableError`."""
        if not cipher.startswith(_VERSION) or len(cipher) < _HEAD_BYTES:
            raise AddressUnreadableError("a stored device address has an unknown form; was it written by this service?")
        nonce, sealed = cipher[1:_HEAD_BYTES], cipher[_HEAD_BYTES:]
        try:  # 100,000 of them in ten seconds, and all but those of a change of the key end here
            return self._aead.decrypt(nonce, sealed, purpose).decode()
        except InvalidTag:
            return self._formerly(nonce, sealed, purpose).decode()

    def _formerly(self, nonce: bytes, sealed: bytes, purpose: bytes) -> bytes:
        """What a former key had encrypted."""
        for aead in self._former:
            with suppress(InvalidTag):
                return aead.decrypt(nonce, sealed, purpose)
        raise AddressUnreadableError(
            "a stored device address cannot be decrypted: the key is not the one it was written with"
        )

    def fingerprint(self, kind: str, value: str) -> str:
        """64 hexadecimal digits, equal for equal addresses; without the key they say nothing about the address."""
        return self.fingerprints(kind, value)[0]

    def fingerprints(self, kind: str, value: str) -> list[str]:
        """What the address may be found by: its fingerprint, then what it was with each former key."""
        return [hmac.digest(key, f"{kind}:{value}".encode(), "sha256").hex() for key in self._fingerprint_keys]


def _derived(key: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_PURPOSE + b": " + use).derive(key)
