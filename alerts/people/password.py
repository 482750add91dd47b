"""Which passwords are taken: long ones that are not among the first to be guessed. No rules of composition."""

import unicodedata
from enum import StrEnum

FEWEST_CHARACTERS = 12
MOST_CHARACTERS = 200
_FEWEST_DIFFERENT = 5
_COMMON = frozenset(  # whole passwords of twelve and more that every list of guesses begins with
    """
    password1234 password12345 password123456 passwordpassword password@123 p@ssw0rd1234 passw0rd1234 p@ssword1234
    qwertyuiop12 qwertyuiop123 qwerty123456 qwerty1234567 qwertyqwerty qwertyuiop[] 1qaz2wsx3edc 1q2w3e4r5t6y
    1q2w3e4r5t6y7u 1qazxsw23edc zaq12wsxcde3 asdfghjkl123 zxcvbnm12345 abcdefghijkl abcdefg12345 abcd12345678
    abc123456789 a1b2c3d4e5f6 123456789abc 1234567890ab 123456789012 1234567890123 12345678901234 123123123123
    112233445566 987654321098 098765432109 012345678901 123456abcdef administrator admin1234567 admin12345678
    adminadminadmin iloveyou1234 welcome12345 welcome123456 letmein12345 changeme1234 changeme12345 sunshine1234
    sakurasakura nippon123456 nihon1234567 tokyo2020tokyo bousaibousai bosaibosaibosai saigai123456 kikikanri123
    shiyakusho123 kikikanrishitsu
    """.split()  # noqa: SIM905 - as a list it fills a page
)


class Weakness(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    MONOTONOUS = "monotonous"
    NAMES_OFFICER = "names_officer"


def composed(password: str) -> str:
    """The characters that are hashed: full-width letters of a Japanese keyboard are the same as narrow ones."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, login: str) -> Weakness | None:
    """What is wrong with a password; None if it is taken."""
    plain = composed(password).casefold()
    if len(plain) < FEWEST_CHARACTERS:
        return Weakness.SHORT
    if len(plain) > MOST_CHARACTERS:
        return Weakness.LONG
    if plain in _COMMON:
        return Weakness.COMMON
    if len(set(plain)) < _FEWEST_DIFFERENT:
        return Weakness.MONOTONOUS
    return Weakness.NAMES_OFFICER if login in plain else None
