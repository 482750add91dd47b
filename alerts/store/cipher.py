"""Encrypts the address of a device at rest: a stolen database reaches no phone (R20).

Two keys are derived from the one that is configured: one encrypts (AES-256-GCM), the other makes the fingerprint by
which an address is found again without being read (HMAC-SHA256).
"""

import hmac
import os
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alerts.ports import Address

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"  # the first byte of every ciphertext: another scheme or key can follow beside it
_PURPOSE = b"bosai device address v1"  # authenticated with each address: other ciphertexts cannot be put in its place


class AddressUnreadableError(ValueError):
    """An address was encrypted with another key, or its bytes are damaged."""


class AddressCipher:
    """Encrypts, decrypts and recognizes device addresses with one secret key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        """Raises `ValueError` if the key is not 32 bytes."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key of device addresses must be {KEY_BYTES} bytes, not {len(key)}")
        self._aead = AESGCM(_derived(key, b"encryption"))
        self._fingerprint_key = _derived(key, b"fingerprint")

    def encrypt(self, value: str) -> bytes:
        """The address as it is stored; never the same twice."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._aead.encrypt(nonce, value.encode(), _PURPOSE)

    def decrypt(self, kind: Literal["token", "fid"], cipher: bytes) -> Address:
        """The address to send to. Raises `AddressUnreadableError`, which names no part of the address."""
        version, nonce, sealed = cipher[:1], cipher[1 : 1 + _NONCE_BYTES], cipher[1 + _NONCE_BYTES :]
        if version != _VERSION or len(nonce) != _NONCE_BYTES:
            raise AddressUnreadableError("a stored device address has an unknown form; was it written by this service?")
        try:
            return Address(kind, self._aead.decrypt(nonce, sealed, _PURPOSE).decode())
        except InvalidTag:
            raise AddressUnreadableError(
                "a stored device address cannot be decrypted: the key is not the one it was written with"
            ) from None

    def fingerprint(self, kind: str, value: str) -> str:
        """64 hexadecimal digits, equal for equal addresses; without the key they say nothing about the address."""
        return hmac.digest(self._fingerprint_key, f"{kind}:{value}".encode(), "sha256").hex()


def _derived(key: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_PURPOSE + b": " + use).derive(key)
