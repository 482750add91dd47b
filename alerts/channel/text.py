"""The words of a mail around what phones show: when, where, whose information, and that nobody reads answers."""

from collections.abc import Iterator
from datetime import datetime

from alerts.channel.letter import Letter, Place, Said
from alerts.times import JST

_RULE = "――――――――――"
_MOST = 20  # districts by name
_TEST_TITLE = "【配信試験】{city} 防災情報"
_TEST_BODY = (
    "これは、お知らせが届くかどうかを確かめる試験です。災害に関する情報ではありません。\n"
    "This is a test of this channel. There is no emergency."
)
_DRILL = "【訓練】"
_FOOTER = (
    "{city}が防災情報を自動で送信しています。このメールに返信しても届きません。\n"
    "避難の判断には、緊急速報メール、防災行政無線、市の発表も必ず確認してください。"
)


def said_in_a_test(city: str, *, drill: bool) -> Said:
    """What a test of the way says: that it is one, and in a drill world that too."""
    mark = _DRILL if drill else ""
    return Said("ja", mark + _TEST_TITLE.format(city=city), mark + _TEST_BODY)


def subject(letter: Letter) -> str:
    """One line: the title in the first language, which begins with 【訓練】 in a drill."""
    return " ".join(letter.said[0].title.split())


def text(letter: Letter) -> str:
    """The whole mail, plain: every language, then the facts, then who sends it."""
    spoken = f"\n\n{_RULE}\n".join(f"{one.title}\n\n{one.body}" for one in letter.said)
    return "\n\n".join((spoken, _RULE + "\n" + "\n".join(_facts(letter)))) + "\n"


def _facts(letter: Letter) -> Iterator[str]:
    revision = letter.revision
    if letter.is_drill:
        yield "これは訓練です。実際の災害ではありません。"
    if revision is not None:
        yield f"発表：{_moment(revision.issued_at)}"
        yield f"対象：{_where(letter.place)}"
    if revision is not None and revision.telegram_id is not None:
        yield "出典：気象庁（市が編集）"
    yield _FOOTER.format(city=letter.place.city)


def _moment(at: datetime) -> str:
    local = at.astimezone(JST)
    return f"{local.year}年{local.month}月{local.day}日 {local.hour}時{local.minute:02}分"


def _where(place: Place) -> str:
    if place.districts is None:
        return f"{place.city}全域"
    names = "、".join(name for _, name in place.districts[:_MOST])
    more = len(place.districts) - _MOST
    return f"{names} ほか{more}地区" if more > 0 else names
