"""Spellings of a Japanese address, folded to one: widths, kana, dashes, kanji numerals, old and new characters."""

import re
import unicodedata
from dataclasses import dataclass

_UNITS = {**{sign: value for value, sign in enumerate("〇一二三四五六七八九")}, "零": 0, "壱": 1, "弐": 2, "参": 3}
_TENS = {"十": 10, "百": 100}
_SIGNS = "".join((*_UNITS, *_TENS))
NUMBER = rf"(?:\d+|[{_SIGNS}]+)"
"""A number as `number` reads it, for patterns."""

_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_ONE_OF_MANY = str.maketrans(
    "ァィゥェォッャュョヮヵヶケヅヂ之乃條龍髙﨑澤濱邊邉廣國嶋櫻榮來學豐瀧藏萬驛槇惠壽圓淵舘",
    "アイウエオツヤユヨワカガガズジノノ条竜高崎沢浜辺辺広国島桜栄来学豊滝蔵万駅槙恵寿円渕館",
)
OAZA = re.compile(r"大字|字|オオアザ|アザ")
"""What stands before the name of a part without blocks."""
_CHOME = re.compile(rf"(.+?)({NUMBER})(?:丁目?|チヨウメ)")
_BETWEEN_WORDS = re.compile(r"[\s,、・.。]+")
_DASH = re.compile(rf"(?<=[\d{_SIGNS}])[-‐‑‒–—―−─━ー~〜](?=[\d{_SIGNS}])")


@dataclass(frozen=True, slots=True)
class NameParts:
    """中央二丁目 is block 2 of 中央; 大字山田 is 山田, the part without blocks."""

    base: str
    chome: int | None
    is_oaza: bool


def folded(text: str) -> str:
    """One spelling for all that people write: half-width digits, katakana, common characters, `-` between numbers.

    Small kana become large, ヶ and ケ become ガ as names are read: the result is for comparing, not for showing.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_KATAKANA).translate(_ONE_OF_MANY)
    return _DASH.sub("-", _BETWEEN_WORDS.sub("", plain))


def number(text: str) -> int:
    """What `NUMBER` matched: `12`, `十二`, `百五`, also digit by digit, `一二`."""
    if text.isdecimal():
        return int(text)
    if not any(sign in _TENS for sign in text):
        return int("".join(str(_UNITS[sign]) for sign in text))
    total = unit = 0
    for sign in text:
        if sign in _TENS:
            total, unit = total + (unit or 1) * _TENS[sign], 0
        else:
            unit = _UNITS[sign]
    return total + unit


def parts_of(name: str) -> NameParts:
    """A town's name, or its kana, as it is compared: without its block number or 大字."""
    text = folded(name)
    if block := _CHOME.fullmatch(text):
        return NameParts(block[1], number(block[2]), is_oaza=False)
    prefix = OAZA.match(text)
    return NameParts(text[prefix.end() :] if prefix else text, None, is_oaza=prefix is not None)
