"""Japanese words about people; each refusal says what to do next."""

import json
from datetime import datetime

from alerts.audit import Break, State
from alerts.people.practice import Practice
from alerts.people.request import Act
from alerts.people.role import Role
from alerts.people.session import Method
from alerts.service.people.refused import Reason, RefusedError
from api.office.words import hour

ROLES = {
    Role.VIEWER: "閲覧",
    Role.SHELTER: "避難所",
    Role.AUTHOR: "作成",
    Role.APPROVER: "承認",
    Role.ADMINISTRATOR: "管理",
}

ROLE_NOTES = {
    Role.VIEWER: "すべての画面を見られます。操作はできません。",
    Role.SHELTER: "避難場所・避難所の開設状況と避難者数を報告し、報告用リンクを発行できます。",
    Role.AUTHOR: "警報の文面を作成し、保留中の電文や発令の提案に対応できます。",
    Role.APPROVER: "ほかの人が作成した警報を承認できます。",
    Role.ADMINISTRATOR: "職員の追加や権限の変更ができます。",
}

ACTS = {
    Act.ADD: "職員の追加",
    Act.ROLES: "権限の変更",
    Act.DISABLE: "利用の停止",
    Act.RESTORE: "利用の再開",
    Act.RESET: "パスワードを含む再設定",
}

PRACTICES = {Practice.DONE: "今月実施済み", Practice.DUE: "今月は未実施", Practice.OVERDUE: "先月・今月とも未実施"}

METHODS = {
    Method.TOTP: "認証アプリ",
    Method.PASSKEY: "パスキー",
    Method.RECOVERY: "予備コード",
    Method.CODE: "管理者が発行したコード",
}

_NOBODY = {"console": "サーバーでの操作", "this machine": "サーバー上の画面", "not logged in": "未ログイン"}

ACTIONS = {
    "officer.add": "職員を追加",
    "officer.roles": "権限を変更",
    "officer.disable": "利用を停止",
    "officer.restore": "利用を再開",
    "officer.code": "端末紛失用のコードを発行",
    "officer.start": "初回設定用のコードを発行",
    "officer.reachable": "連絡のつく時間を登録",
    "request.ask": "管理操作を申請",
    "request.confirm": "管理操作の申請を承認",
    "request.refuse": "管理操作の申請を取り下げ・却下",
    "session.open": "ログイン",
    "session.close": "ログアウト",
    "session.close_all": "ほかの端末からログアウト",
    "password.set": "パスワードを設定",
    "totp.set": "認証アプリを設定",
    "recovery.set": "予備コードを発行",
    "passkey.add": "パスキーを登録",
    "passkey.remove": "パスキーを削除",
    "login.slowed": "ログインの失敗が続いたため待ち時間を設定",
    "proposal.decide": "避難情報の発令の提案を判断",
    "pass.issue": "避難所の報告用リンクを発行",
    "pass.open": "避難所の端末で報告を開始",
    "pass.revoke": "避難所の報告用リンクを無効化",
    "pass.close": "避難所の端末での報告を終了",
    "shelter.report": "避難場所・避難所の状況を報告",
    "rules.change": "割当てルールを変更",
}

BREAKS = {
    Break.CHANGED: "{0}番の記録が書き換えられています",
    Break.MISSING: "{0}番の記録がありません",
    Break.FOREIGN: "{0}番の記録が前の記録とつながりません（挿入または差し替えのおそれ）",
    Break.CUT_OFF: "記録の末尾（{0}番）が一致しません（切り取りのおそれ）",
}

REASONS = {
    Reason.LOGIN_FAILED: "ログインできませんでした。ユーザー名、パスワード、確認コードをもう一度確認してください。"
    "スマートフォンがないときは、確認コードの欄に予備コードを入力するか、ほかの管理者にコードの発行を依頼してください。",
    Reason.WELCOME_FAILED: "設定できませんでした。ユーザー名と初回設定用のコードを確認してください。"
    "コードの期限が切れている場合は、管理者に発行を依頼してください。",
    Reason.PASSKEY_FAILED: "パスキーを確認できませんでした。"
    "もう一度試すか、パスワードと確認コードでログインしてください。",
    Reason.SHORT: "パスワードが短すぎます。12文字以上にしてください。いくつかの言葉を並べると覚えやすくなります。",
    Reason.LONG: "パスワードが長すぎます。200文字以内にしてください。",
    Reason.COMMON: "よく使われているパスワードのため、推測されるおそれがあります。別のものにしてください。",
    Reason.MONOTONOUS: "同じ文字の繰り返しが多いパスワードです。違う文字を増やしてください。",
    Reason.NAMES_OFFICER: "パスワードにユーザー名が含まれています。ユーザー名を含まないものにしてください。",
    Reason.DIFFERENT: "確認用のパスワードが一致しません。同じものを2回入力してください。",
    Reason.NOT_FRESH: "安全のため、この操作はログインから10分以内に行ってください。"
    "もう一度ログインしてから操作してください。",
    Reason.WRONG_CODE: "確認コードが一致しません。認証アプリに表示されている最新の6桁を入力してください。",
    Reason.LAST_FACTOR: "これを削除すると次からログインできなくなります。"
    "先に認証アプリか別のパスキーを登録してください。",
    Reason.BAD_LOGIN: "ユーザー名は3～40文字の英小文字、数字、「.」「-」「_」で入力してください。",
    Reason.LOGIN_TAKEN: "このユーザー名はすでに使われています。別のユーザー名にしてください。",
    Reason.NO_NAME: "氏名を40文字以内で入力してください。",
    Reason.NO_ROLE: "権限を1つ以上選んでください。",
    Reason.UNKNOWN_OFFICER: "この職員は登録されていません。一覧から選び直してください。",
    Reason.UNKNOWN_REQUEST: "この申請は見つかりません。一覧を開き直してください。",
    Reason.OWN: "自分の申請は自分では承認できません。ほかの管理者に承認を依頼してください。",
    Reason.OLD: "申請から24時間が過ぎました。必要な場合は、もう一度申請してください。",
    Reason.DECIDED: "この申請はすでに処理されています。一覧を開き直して結果を確認してください。",
    Reason.OWN_CODE: "自分のコードは発行できません。ほかの管理者に依頼するか、"
    "サーバーで bosai user reset を実行してもらってください。",
    Reason.SHUT_OUT: "この職員は利用が停止されています。先に利用の再開を申請してください。",
    Reason.LAST_ADMINISTRATOR: "管理者がいなくなるため変更できません。先に別の管理者を追加してください。",
    Reason.NO_PLACE: "報告する施設を、現在の一覧から1つ以上選んでください。",
    Reason.NO_LABEL: "使う人や場所の名前を40文字以内で入力してください。",
    Reason.UNKNOWN_LINK: "このリンクは見つかりません。一覧を開き直してください。",
    Reason.LINK_USED: "このリンクは使えません。すでに別の端末で開かれたか、期限が切れたか、無効にされています。"
    "危機管理の担当に新しいリンクの発行を依頼してください。",
}


def refusal(error: RefusedError) -> str:
    """The sentence for a refusal."""
    if error.reason is Reason.WAIT and error.until:
        return (
            f"ログインの失敗が続いたため、{hour(error.until)}過ぎまで待ってからもう一度試してください。"
            "急ぐときは、パスキーでログインするか、管理者にコードの発行を依頼してください。"
        )
    return REASONS[error.reason]


def until(moment: datetime | None, now: datetime) -> str:
    """Until when somebody can be reached."""
    return f"{hour(moment)}まで連絡可" if moment and moment > now else "未登録"


def who(name: str) -> str:
    """Who acted, where it was nobody who had logged in."""
    return {"console": "サーバーでの操作", "this machine": "サーバー上の画面", "not logged in": "未ログイン"}.get(
        name, name
    )


def said(state: State) -> str:
    """What something was like, for people."""
    return json.dumps(state, ensure_ascii=False, sort_keys=True)
