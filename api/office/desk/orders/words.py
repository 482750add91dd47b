"""Japanese words of the pages on the office's own alerts."""

from collections.abc import Mapping

from alerts.alert import Change
from alerts.office.draft import DraftState
from alerts.wording.office_text import Template

__all__ = ["CHANGES", "DONE", "FOLLOWERS", "KINDS", "SERVICES", "STATES"]

KINDS: Mapping[Template, str] = {
    Template.EVACUATION_ELDERLY: "危険な場所にいる、避難に時間のかかる人へ避難を求めます。",
    Template.EVACUATION_ORDER: "危険な場所にいる人全員へ避難を求めます。",
    Template.EMERGENCY_SAFETY: "災害が発生または切迫しています。安全な避難ができないときに、命を守る行動を求めます。",
    Template.SHELTER_OPENING: "開設した避難所を知らせます。",
    Template.LIFELINE: "水道・電気・道路などが使えないことを知らせます。",
    Template.MISSING_PERSON: "行方のわからない人の情報提供を求めます。",
    Template.FREE: "そのほかのお知らせを、自分の文章で書きます。避難情報には使えません。",
}
"""What each kind is for, beside its official name."""

CHANGES: Mapping[Change, str] = {
    Change.ISSUE: "発信",
    Change.RAISE: "引上げ",
    Change.LOWER: "引下げ",
    Change.CORRECT: "訂正",
    Change.END: "解除・終了",
    Change.RETRACT: "取消",
}

FOLLOWERS: Mapping[Change, tuple[str, str]] = {
    Change.ISSUE: ("更新・延長・地区の追加", "内容を変えて、対象の地区へもう一度知らせます。"),
    Change.RAISE: ("引上げ", "上のレベルの避難情報に切り替えます。"),
    Change.LOWER: ("引下げ", "下のレベルの避難情報に切り替えます。届いた端末に知らせます。"),
    Change.CORRECT: ("訂正", "誤りを直します。届いた端末と、正しい地区の端末に知らせます。"),
    Change.END: ("解除・終了", "全部または一部の地区で終えます。届いた端末に知らせます。"),
}
"""What is prepared as a draft, which another person approves."""

STATES: Mapping[DraftState, str] = {
    DraftState.EDITING: "作成中",
    DraftState.SUBMITTED: "承認待ち",
    DraftState.SENT: "発信済み",
    DraftState.DISCARDED: "取下げ済み",
    DraftState.EXPIRED: "期限切れ",
}

SERVICES: Mapping[str, str] = {
    "water": "水道",
    "power": "電気",
    "gas": "ガス",
    "phone": "電話・通信",
    "sewage": "下水道",
    "road": "道路",
    "railway": "鉄道",
}

DONE: Mapping[str, str] = {
    "saved": "保存しました。まだ発信していません。",
    "submitted": "承認を依頼しました。承認されるまで、発信されません。",
    "back": "編集に戻しました。",
    "discarded": "下書きを取り下げました。",
    "sent": "発信しました。",
}

NO_DRAFT = "この下書きは見つかりません。一覧を開き直して選んでください。"
NO_ALERT = "この発令・お知らせは見つかりません。一覧を開き直して選んでください。"
NO_KIND = "種類を選んで、もう一度操作してください。"
BAD_TIME = "有効期限を、日付と時刻で入力してください。入力する前の期限に戻しました。"
NO_POSTCODE = "その郵便番号の地区は市内にありません。7桁の番号を確認してください。"
UNKNOWN_PLACE = "この市にない地区や施設が含まれています。画面を開き直して選び直してください。"
NOT_CHECKED = "内容を確認したら、確認の欄にチェックを入れてから操作してください。"
NO_WHY = "差し戻す理由を500文字以内で入力してください。"
