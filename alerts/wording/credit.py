"""Whose facts are shown: JMA is named wherever its content is, and that it was edited (jma.md §1.4)."""

from alerts.city.codes import CityCodes


def jma_credit(city: CityCodes, *, drill: bool) -> str:
    """The credit line. A drill's telegrams are not JMA's."""
    if drill:
        return "訓練のために作成したもので、気象庁の発表ではありません"
    return f"出典：気象庁ホームページ（{city.name}の防災サービスが編集・加工）"
