"""Japanese words of the proof, for the office and for everybody."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from alerts.alert import Change
from alerts.proof.figures import DayFigures, Quantiles
from alerts.proof.journey import Leg
from alerts.proof.public import FEWEST, FEWEST_CONFIRMED
from alerts.times import JST

LEGS: Mapping[Leg, str] = {
    Leg.SEEN: "発表から取得まで",
    Leg.DECIDED: "取得から判断まで",
    Leg.FIRST_SENT: "取得から送信開始まで",
    Leg.LAST_SENT: "取得から送信終了まで",
    Leg.RECEIVED: "送信開始から端末の半数の受信まで",
}

CHANGES: Mapping[Change, str] = {
    Change.ISSUE: "発表",
    Change.RAISE: "引上げ",
    Change.LOWER: "引下げ",
    Change.END: "解除",
    Change.CORRECT: "訂正",
    Change.RETRACT: "取消",
}

FEW = f"{FEWEST}台未満"
RULE = (
    f"個人の端末が推測されないよう、端末の数は10台単位で切り捨て、{FEWEST}台未満は示しません。"
    f"受信時刻は、{FEWEST_CONFIRMED}台以上の端末が受信を確認した通知だけ示します。"
)
MINUTE = 60


def moment(time: datetime | None) -> str:
    """A time of day in Japan to the tenth of a second, with the date."""
    if time is None:
        return "—"
    there = time.astimezone(JST)
    return f"{there.month}月{there.day}日 {there:%H:%M:%S}.{there.microsecond // 100_000}"


def day(of: date) -> str:
    """A day."""
    return f"{of.year}年{of.month}月{of.day}日"


def seconds(length: float | None) -> str:
    """A length: tenths below a minute, which is where they matter."""
    if length is None:
        return "—"
    if length < MINUTE:
        return f"{length:.2f}秒" if length < 1 else f"{length:.1f}秒"
    minutes, rest = divmod(round(length), MINUTE)
    hours, minutes = divmod(minutes, MINUTE)
    return f"{hours}時間{minutes}分" if hours else f"{minutes}分{rest}秒"


def span(length: timedelta | None) -> str:
    """The same of a difference."""
    return seconds(None if length is None else length.total_seconds())


def both(found: Quantiles | None) -> str:
    """The median and the 99th percentile."""
    return f"{seconds(found.p50)} ／ {seconds(found.p99)}" if found else "—"


def of_leg(figures: DayFigures, leg: Leg) -> str:
    """Those of a day's leg."""
    return both(figures.legs.get(leg))
