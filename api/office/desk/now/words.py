"""Japanese words of the Now page."""

from alerts.proposal import Proposal
from api.office import words
from api.office.passes.words import STATES
from api.office.told import Told

__all__ = ["CLASSES", "DONE", "LEGEND", "NO_REASON", "STATES", "UNKNOWN", "not_waiting", "outcomes"]

CLASSES = {5: "特別警報", 4: "危険警報", 3: "警報", 2: "注意報"}
"""What a hazard without a level is called by its rank."""

LEGEND = {
    5: "警戒レベル5・5相当、特別警報",
    4: "警戒レベル4・4相当、危険警報",
    3: "警戒レベル3・3相当、警報",
    2: "警戒レベル2、注意報",
    0: "発表なし",
}

DONE = {
    "confirm": "「発令する」という判断を記録しました。住民には何も送信していません。市の手順で発令してください。",
    "decline": "「発令しない」という判断を記録しました。",
}

NO_REASON = "判断の理由を2,000文字以内で入力して、もう一度操作してください。"
UNKNOWN = "この提案は見つかりません。現在の状況を開き直して、判断待ちの提案を確認してください。"


def not_waiting(proposal: Proposal) -> str:
    """Somebody was faster, or there is nothing to decide any more."""
    by = f"（{proposal.decided_by}、{words.clock(proposal.decided_at)}）" if proposal.decided_at else ""
    state = words.PROPOSALS[proposal.state]
    return f"この提案はすでに処理されています：{state}{by}。現在の状況を開き直して確認してください。"


def outcomes(told: Told) -> str:
    """How many telephones have which result."""
    counted = [f"{words.RESULTS.get(result, result)} {count:,}台" for result, count in told.results.items()]
    return "、".join(counted) or "送信待ち"
