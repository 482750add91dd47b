"""What a telegram would do, said to an officer in Japanese: what it is, what becomes of it and why."""

from collections.abc import Iterator

from alerts.city.pack import CityPack
from alerts.explain import Explanation
from alerts.telegram import catalogue
from alerts.telegram.display.content import DisplayKind
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome, Reading
from alerts.times import JST
from bosai.cli.notices_in_words import listed, notices_in_words, pushes_in_words

_VERBS = {
    InfoType.ISSUE: "に発表した",
    InfoType.CORRECTION: "に訂正した",
    InfoType.DELAY: "に遅れて発表した",
    InfoType.RETRACTION: "に取り消した",
    InfoType.UNKNOWN: "に出した",
}
_NOT_ACTUAL = {Status.EXERCISE: "訓練", Status.TEST: "試験"}
_COPY = "Copy of"  # how the catalogue's `why` begins for a transitional copy


def in_words(explanation: Explanation, pack: CityPack) -> str:
    """Sentences that an officer can read out, without the file's name and the reason in the service's own terms."""
    reading = explanation.reading
    said = _SAY[reading.outcome](explanation, pack)
    return "".join((_what_it_is(reading), *said))


def _what_it_is(reading: Reading) -> str:
    envelope = reading.envelope
    if envelope is None:
        unread = "気象庁の電文として読み取れない部分があります。" if reading.outcome is Outcome.HOLD else ""
        return f"{f'{reading.type}の' if reading.type else '種類の分からない'}電文です。{unread}"
    at = envelope.issued_at.astimezone(JST)
    time = f"{at.year}年{at.month}月{at.day}日{at.hour}時{at.minute:02}分"
    number = f"（{reading.type}）" if reading.type else ""
    return f"{time}{_VERBS[envelope.info_type]}「{envelope.title}」{number}です。"


def _live(explanation: Explanation, pack: CityPack) -> Iterator[str]:
    reading, city = explanation.reading, pack.codes.name
    if reading.info_type is InfoType.RETRACTION:
        yield "前の発表が誤りだったという電文なので、前の発表を受け取った人にだけ、取り消されたことを知らせます。"
        return
    if not reading.hazards and not reading.notices:
        yield f"{city}に関わる内容はないので、何も知らせません。"
        return
    yield from notices_in_words(reading, city)
    yield from pushes_in_words(explanation, pack)


def _display(explanation: Explanation, pack: CityPack) -> Iterator[str]:
    shown = explanation.reading.display
    if explanation.reading.info_type is InfoType.RETRACTION:
        yield "前に表示したものをアプリから消します。通知はしません。"
    elif shown is None or shown.content is None:
        yield f"{pack.codes.name}に関わる内容はないので、アプリにも表示しません。"
    elif shown.kind is DisplayKind.NOTICE:
        yield "気象庁からの事務連絡なので、担当者にだけ見せます。通知はしません。"
    else:
        yield "アプリに表示するだけで、通知はしない種類です。"


def _ignored(explanation: Explanation, _pack: CityPack) -> Iterator[str]:
    entry = catalogue.entries()[explanation.reading.type or ""]
    if entry.why.startswith(_COPY):
        yield "別の電文と同じ内容の写しなので、もとの電文だけを使い、これでは何もしません。"
    elif entry.when_on:
        yield "市の設定で使わないことにしている種類なので、何もしません。"
    else:
        yield "市の防災には使わない種類の電文なので、何もしません。"


def _drill(explanation: Explanation, pack: CityPack) -> Iterator[str]:
    reading = explanation.reading
    yield f"ただし{_NOT_ACTUAL[reading.status]}の電文なので、担当者に見せるだけで、住民には何も知らせません。"
    if reading.notices:
        yield f"本物であれば、{pack.codes.name}についての{listed(reading.notices)}として扱う内容です。"


def _held(explanation: Explanation, pack: CityPack) -> Iterator[str]:
    reading = explanation.reading
    yield f"{_why_held(reading, pack)}、保留して担当者に警報を出します。"
    if explanation.pushes:
        yield "分かる部分だけを使います。"
        yield from notices_in_words(reading, pack.codes.name)
        yield from pushes_in_words(explanation, pack)
    else:
        yield "担当者が確かめるまで、住民には何も知らせません。"


def _why_held(reading: Reading, pack: CityPack) -> str:
    if reading.envelope is not None and reading.unknown_codes:
        return f"{pack.codes.name}の欄に、表にない種別コード{'、'.join(reading.unknown_codes)}があるので"
    if reading.envelope is not None and reading.status is Status.UNKNOWN:
        return "通常、訓練、試験のどれなのかが分からないので"
    if reading.envelope is not None and reading.info_type is InfoType.UNKNOWN:
        return "発表、訂正、遅延、取消のどれなのかが分からないので"
    if reading.type not in catalogue.entries():
        return "このサービスが知らない種類なので"
    if _is_broken(reading, pack):
        return "必要な項目がないか、壊れているので"
    return "まだ使えると確かめられていない種類なので"


def _is_broken(reading: Reading, pack: CityPack) -> bool:
    entry = catalogue.entries()[reading.type or ""]
    return reading.envelope is None or entry.outcome_for(pack.codes) is not Outcome.HOLD


_SAY = {
    Outcome.LIVE: _live,
    Outcome.DISPLAY: _display,
    Outcome.IGNORE: _ignored,
    Outcome.DRILL: _drill,
    Outcome.HOLD: _held,
}
