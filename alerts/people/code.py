"""Codes that are read from paper or over the telephone and typed in once."""

import unicodedata
from hashlib import sha256

BYTES = 10  # 80 bits: nobody guesses it, so a plain hash of it is safe to keep
RECOVERY_CODES = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_READ_AS = str.maketrans("OIL", "011")
_BITS, _GROUP = 5, 4
_LENGTH = BYTES * 8 // _BITS
_TOTP_DIGITS = 6


def spelled(random: bytes) -> str:
    """Random bytes as people read them: `7K2M-90QX-…`."""
    number = int.from_bytes(random, "big")
    letters = "".join(_ALPHABET[number >> _BITS * place & 31] for place in reversed(range(len(random) * 8 // _BITS)))
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def plain(typed: str) -> str:
    """What was meant: full-width, small, with or without hyphens, O for 0."""
    letters = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    return "".join(letter for letter in letters if letter.isalnum())


def digest(typed: str) -> str | None:
    """The hash by which a code is kept and found again; None for what can be no such code."""
    letters = plain(typed)
    return sha256(letters.encode()).hexdigest() if len(letters) == _LENGTH else None


def totp_digits(typed: str) -> str | None:
    """The six digits of an authenticator app; None for what is none."""
    digits = unicodedata.normalize("NFKC", typed).replace(" ", "").replace("-", "")
    return digits if len(digits) == _TOTP_DIGITS and digits.isascii() and digits.isdigit() else None
