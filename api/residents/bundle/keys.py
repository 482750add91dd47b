"""The keys that sign one world's bundles (Ed25519, RFC 8032)."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alerts.world import World

_BYTES = 32
_PURPOSE = b"bosai offline bundle v1: "
_ID_DIGITS = 16


class BundleKeys:
    """Signs with the newest key and, while keys are being changed, with the former one: old phones know that alone.

    The worlds' keys are derived from one secret and say nothing about each other, so a drill's bundle can never pass
    for a real one (R1).
    """

    def __init__(self, world: World, secrets: Sequence[bytes]) -> None:
        """`secrets` of 32 bytes, the newest first. Raises `ValueError` if there is none."""
        if not secrets:
            raise ValueError("a bundle needs a key to be signed with")
        keys = [_derived(secret, world) for secret in secrets]
        self._keys = {_id_of(key): key for key in keys}

    def sign(self, head: bytes) -> dict[str, str]:
        """A signature in base64 for each key, by the key's id; the newest first."""
        return {name: _text(key.sign(head)) for name, key in self._keys.items()}

    @property
    def public(self) -> dict[str, str]:
        """The public keys, 32 bytes in base64, by id; the newest first."""
        return {name: _text(key.public_key().public_bytes_raw()) for name, key in self._keys.items()}


def _derived(secret: bytes, world: World) -> Ed25519PrivateKey:
    info = _PURPOSE + world.name.encode()
    return Ed25519PrivateKey.from_private_bytes(HKDF(SHA256(), _BYTES, salt=None, info=info).derive(secret))


def _id_of(key: Ed25519PrivateKey) -> str:
    return hashlib.sha256(key.public_key().public_bytes_raw()).hexdigest()[:_ID_DIGITS]


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
