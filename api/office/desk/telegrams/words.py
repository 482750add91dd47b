"""Japanese words of the pages on telegrams."""

from collections.abc import Mapping

from alerts.alert import Change
from alerts.service.simulation import Against
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.LIVE: "警報・注意報として処理",
    Outcome.DISPLAY: "アプリの表示に使用",
    Outcome.IGNORE: "市に関係しない",
    Outcome.DRILL: "訓練・試験（住民には出さない）",
    Outcome.HOLD: "保留",
}

STATUSES: Mapping[Status, str] = {
    Status.ACTUAL: "通常",
    Status.EXERCISE: "訓練",
    Status.TEST: "試験",
    Status.UNKNOWN: "不明",
}

INFO_TYPES: Mapping[InfoType, str] = {
    InfoType.ISSUE: "発表",
    InfoType.CORRECTION: "訂正",
    InfoType.RETRACTION: "取消",
    InfoType.DELAY: "遅延",
    InfoType.UNKNOWN: "不明",
}

AGAINST: Mapping[Against, str] = {
    Against.EMPTY: "何も発表されていない状態で、この電文だけが届いたとき",
    Against.NOW: "いまの状況で、この電文が届いたとき",
}

CHANGES: Mapping[Change, str] = {
    Change.ISSUE: "発表",
    Change.RAISE: "引上げ",
    Change.LOWER: "引下げ",
    Change.END: "解除",
    Change.CORRECT: "訂正",
    Change.RETRACT: "取消",
}

DONE: Mapping[str, str] = {
    "seen": "確認済みとして記録しました。電文の扱いは変わりません。",
    "again": "もう一度読み取り、処理しました。",
    "same": "もう一度読み取りましたが、結果は変わりませんでした。",
}

UNKNOWN = "この電文は見つかりません。一覧を開き直して選んでください。"
NO_NOTE = "確認した内容を500文字以内で入力して、もう一度操作してください。"
NO_XML = "電文（XML）を貼り付けるか、訓練の電文を選んで、もう一度操作してください。"
