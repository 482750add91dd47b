"""Japanese words for what the pages show; every value has one, and an unknown one is shown as it is."""

from datetime import datetime

from alerts.proposal import EvacuationOrder, Proposal, ProposalState
from alerts.times import JST

FEEDS = {
    "extra": "警報・注意報（随時）",
    "eqvol": "地震・津波・火山",
    "regular": "定時の情報",
    "other": "海上・その他",
}

PARTS = {
    "database": "データベース",
    "migrations": "データベースの版",
    "sender": "プッシュ通知の送信先",
    "schedule": "定期実行",
    "feeds": "電文の受信",
    "alerts": "警報の処理",
    "push": "通知の処理",
    "channels": "メール・Webhookの配信",
}

ALARMS = {
    "held": "解釈できず保留している電文",
    "odd": "予期しない内容を含む電文",
    "rules": "地区の割当てルールの不整合",
    "clock": "サーバーの時計のずれ",
    "feed": "気象庁の情報を取得できない状態",
    "telegram_missing": "取得できない電文",
    "traffic": "取得量の上限への到達",
    "stuck": "完了しない通知",
    "push": "送信先が受け付けない通知",
    "push_refused": "多数の端末への通知が拒否された状態",
    "push_down": "プッシュ通知の送信先に接続できない状態",
    "channel": "届かないメール・Webhookの宛先",
    "channel_disabled": "配信を停止したメール・Webhookの宛先",
    "mail_server": "メールサーバーを利用できない状態",
    "drill": "続けられず中止した訓練",
    "undecided": "担当者の判断を待っている事項",
    "transition": "新しい形式の警報電文の途絶",
    "people": "職員へのログイン用コードの発行",
    "alone": "承認者なしで、一人が発信した発令・お知らせ",
    "no_sender": "プッシュ通知を送信できない状態",
}

ORDERS = {
    EvacuationOrder.ELDERLY: "高齢者等避難",
    EvacuationOrder.EVACUATION: "避難指示",
    EvacuationOrder.SAFETY: "緊急安全確保",
}

PROPOSALS = {
    ProposalState.OPEN: "判断待ち",
    ProposalState.CONFIRMED: "発令すると判断",
    ProposalState.DECLINED: "発令しないと判断",
    ProposalState.LAPSED: "判断前に基準に当たらなくなった",
    ProposalState.COVERED: "先の判断に含まれる",
}

RESULTS = {
    "sending": "送信中",
    "accepted": "受け付け済み",
    "unregistered": "登録が無効",
    "invalid": "宛先の誤り",
    "sender_mismatch": "送信元の不一致",
    "throttled": "流量制限",
    "retries_exhausted": "再送しても不達",
    "expired": "期限切れ",
    "superseded": "新しい通知に置き換え",
    "not_sent_no_sender": "送信先が未設定",
}

URGENCIES = {"critical": "最優先", "high": "優先", "normal": "通常", "none": "通知なし"}

LANGUAGES = {
    "ja": "日本語",
    "ja-Hira": "やさしい日本語",
    "en": "英語",
    "zh-Hans": "中国語（簡体字）",
    "zh-Hant": "中国語（繁体字）",
    "ko": "韓国語",
    "vi": "ベトナム語",
}


def proposed(proposal: Proposal, *, drill: bool) -> str:
    """A proposal in one sentence: what is in force, what the city's criterion proposes, and that nothing is sent."""
    mark = "【訓練】" if drill else ""
    order = f"{ORDERS[proposal.order]}（警戒レベル{proposal.order.level}）"
    said = f"{mark}{proposal.name}が発表され、市の基準により{order}の発令を提案しています"
    return f"{said}（{PROPOSALS[proposal.state]}）。住民には何も送信していません。"


def clock(moment: datetime) -> str:
    """The day and the minute in Japan: 11月23日 10:48."""
    local = moment.astimezone(JST)
    return f"{local.month}月{local.day}日 {local.hour}:{local.minute:02}"


def age(moment: datetime, now: datetime) -> str:
    """How long ago, in one unit: 42秒前."""
    seconds = max(0, int((now - moment).total_seconds()))
    for size, unit in ((86_400, "日"), (3_600, "時間"), (60, "分")):
        if seconds >= size:
            return f"{seconds // size}{unit}前"
    return f"{seconds}秒前"


def hour(moment: datetime) -> str:
    """The minute in Japan: 10:48."""
    local = moment.astimezone(JST)
    return f"{local.hour}:{local.minute:02}"


def moment(at: datetime) -> str:
    """The day and the second in Japan, for what is looked up later: 2026年11月23日 10:48:05."""
    return f"{at.astimezone(JST):%Y年%-m月%-d日 %-H:%M:%S}"
