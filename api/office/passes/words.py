"""Japanese words of the shelters' pages; each refusal says what to do next."""

from alerts.people.shelter_pass import PassState
from alerts.service.report_faults import FaultKind
from alerts.shelter.opening import OpeningState

STATES = {
    OpeningState.NOT_OPENED: "未開設",
    OpeningState.OPENING: "開設準備中",
    OpeningState.OPEN: "開設",
    OpeningState.FULL: "満員",
    OpeningState.CLOSED: "閉鎖",
    OpeningState.UNUSABLE: "使用不可",
}

NOTES = {
    OpeningState.CLOSED: "閉鎖すると、避難先として案内されなくなります。",
    OpeningState.UNUSABLE: "建物の被害や周囲の危険で使えないときに選びます。「行かないでください」と案内されます。",
}

PASS_STATES = {PassState.WAITING: "まだ開かれていません", PassState.IN_USE: "使用中"}

FAULTS = {
    FaultKind.UNKNOWN: "この施設は現在の一覧にないため、報告できませんでした。危機管理の担当に連絡してください。",
    FaultKind.NOT_YOURS: "この施設は、このリンクでは報告できません。危機管理の担当に連絡してください。",
    FaultKind.REFUSED: "この報告は行われませんでした。いまの状況からは選べないか、人数が正しくありません。"
    "下の状況を確認して、もう一度操作してください。",
    FaultKind.CONFLICT: "先に別の報告がありました。この報告は行われていません。"
    "下の最新の状況を確認し、違うときはもう一度操作してください。",
}

STATUSES = {FaultKind.UNKNOWN: 422, FaultKind.NOT_YOURS: 403, FaultKind.REFUSED: 422, FaultKind.CONFLICT: 409}

NOT_A_NUMBER = "報告は行われませんでした。人数は0以上の数字で入力してください。"
