"""What must not stand in an officer's own words: gaps, other days, words of a drill, orders (R8)."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from unicodedata import normalize

from alerts.times import japan_day

_GAPS = re.compile(
    r"未入力|未定義|要確認|[〇○●◯△▲×✕]{2,}|[xX]{2,}|_{2,}|＿{2,}|…{3,}|\{[^}]*\}|\[[^\]]*\]|［[^］]*］|(?<=[:：])\s*(?=[、。\n]|$)"
)
_DRILLS = re.compile(
    r"訓練|くんれん|テスト|てすと|試験(?:放送|配信|送信)|動作確認|ダミー|サンプル|test|drill|exercise", re.IGNORECASE
)
_ORDERS = re.compile(r"避難指示|避難勧告|緊急安全確保|高齢者等避難|警戒レベル\s*[0-9]")
_FOREIGN = re.compile(r"震度\s*[0-9]|大津波|津波(?:警報|注意報)|特別警報|緊急地震速報|ミサイル|ゲリラ攻撃|弾道")
_FULL_DATE = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})日?")
_SHORT_DATE = re.compile(r"(?<![\d/年.-])(\d{1,2})\s*[月/]\s*(\d{1,2})日?(?![\d/])")
_NO_NAME = "（空欄）"


def gaps(written: str) -> Iterator[str]:
    """Places that somebody meant to fill in: 未入力, ○○, 「場所：」 with nothing behind."""
    return (found[0].strip() or _NO_NAME for found in _GAPS.finditer(written))


def drill_words(written: str) -> Iterator[str]:
    """訓練, テスト and the like."""
    return (found[0] for found in _DRILLS.finditer(normalize("NFKC", written)))


def order_words(written: str) -> Iterator[str]:
    """What has a template of its own."""
    return (found[0] for found in _ORDERS.finditer(normalize("NFKC", written)))


def foreign_words(written: str) -> Iterator[str]:
    """What is JMA's or the state's to say, never the city's."""
    return (found[0] for found in _FOREIGN.finditer(normalize("NFKC", written)))


def other_days(written: str, now: datetime) -> Iterator[str]:
    """Dates in the text, as written, that are not today in Japan; what is no date is passed over."""
    text, today = normalize("NFKC", written), japan_day(now)
    for found in _FULL_DATE.finditer(text):
        if _day(int(found[1]), int(found[2]), int(found[3])) not in {today, None}:
            yield found[0]
    for found in _SHORT_DATE.finditer(_FULL_DATE.sub("", text)):
        if _day(today.year, int(found[1]), int(found[2])) not in {today, None}:
            yield found[0]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
