"""Japanese names in hangul, from their kana, by Korea's rules for foreign words (외래어 표기법, Japanese table).

k, t and ch are plain at the beginning of a word and aspirated inside it; long vowels are not written; ん closes the
syllable before it with ㄴ and っ with ㅅ.
"""

import re

from alerts.wording.kana import hiragana

_ROWS = {  # kana of one row, hangul at the beginning of a word, inside it ("" where it is the same)
    "あいうえお": ("아이우에오", ""),
    "かきくけこ": ("가기구게고", "카키쿠케코"),
    "さしすせそ": ("사시스세소", ""),
    "たちつてと": ("다지쓰데도", "타치쓰테토"),
    "なにぬねの": ("나니누네노", ""),
    "はひふへほ": ("하히후헤호", ""),
    "まみむめも": ("마미무메모", ""),
    "やゆよわを": ("야유요와오", ""),
    "らりるれろ": ("라리루레로", ""),
    "がぎぐげご": ("가기구게고", ""),
    "ざじずぜぞ": ("자지즈제조", ""),
    "だぢづでど": ("다지즈데도", ""),
    "ばびぶべぼ": ("바비부베보", ""),
    "ぱぴぷぺぽ": ("파피푸페포", ""),
}
_BLENDS = {  # with a small ゃ ゅ ょ
    "き": ("갸규교", "캬큐쿄"),
    "し": ("샤슈쇼", ""),
    "ち": ("자주조", "차추초"),
    "に": ("냐뉴뇨", ""),
    "ひ": ("햐휴효", ""),
    "み": ("먀뮤묘", ""),
    "り": ("랴류료", ""),
    "ぎ": ("갸규교", ""),
    "じ": ("자주조", ""),
    "び": ("뱌뷰뵤", ""),
    "ぴ": ("퍄퓨표", ""),
}
_SMALL = "ゃゅょ"
_CLOSING = {"ん": 4, "っ": 19}  # place of ㄴ and ㅅ among the final consonants of Unicode's syllables
_SYLLABLE = re.compile("[ぁ-ゖ][ゃゅょ]?|.", re.DOTALL)
_LONG = re.compile(
    "(?<=[おこそとのほもよろごぞどぼぽょうくすつぬふむゆるぐずぶぷゅ])う|ー|(?<=[おこそとのほもよろごぞどぼぽ])お"
)


def _sounds() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for row, (first, inside) in _ROWS.items():
        table |= dict(zip(row, zip(first, inside or first, strict=True), strict=True))
    for kana, (first, inside) in _BLENDS.items():
        blends = (kana + small for small in _SMALL)
        table |= dict(zip(blends, zip(first, inside or first, strict=True), strict=True))
    return table


_SOUNDS = _sounds()


def hangul(kana: str) -> str:
    """The name as a Korean reads it: アカイ1チョウメ becomes 아카이 1초메."""
    said: list[str] = []
    for letter in _SYLLABLE.findall(_LONG.sub("", hiragana(kana))):
        after_sound = bool(said) and "가" <= said[-1] <= "힣"
        if letter in _CLOSING and after_sound:
            said[-1] = chr(ord(said[-1]) + _CLOSING[letter])
        elif letter in _SOUNDS:
            said.append(_SOUNDS[letter][after_sound or (bool(said) and said[-1][-1:].isdigit())])
        else:
            said.append(f" {letter}" if letter.isdigit() and after_sound else letter)
    return "".join(said)
