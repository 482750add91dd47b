"""Katakana and hiragana: the same sounds, 96 code points apart."""

_FIRST, _LAST = "ァ", "ヶ"
_APART = ord("ァ") - ord("ぁ")


def hiragana(text: str) -> str:
    """Katakana as hiragana; everything else as it is."""
    return "".join(chr(ord(letter) - _APART) if _FIRST <= letter <= _LAST else letter for letter in text)
