"""Who may let a draft out: another person who saw exactly that, or, when nobody comes, one officer alone (R2, R6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.alert import Change
from alerts.office.content import Content
from alerts.office.draft import Draft, DraftState

SHORTEST_REASON = 10  # characters: a reason, not a keystroke (R6)


class ApprovalError(ValueError):
    """A draft that this person may not let out now; the message is Japanese and says what to do."""


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """The city's: how long an approver is waited for, how long what was submitted stays true."""

    break_glass_after: timedelta  # without an approver (R6)
    submission_lasts: timedelta  # then the situation may be another (R8)


def may_approve(draft: Draft, by: str, seal: str, rules: ApprovalRules, now: datetime) -> None:
    """Raises `ApprovalError` unless another person approves exactly what was submitted, in time (R2)."""
    _check_waits(draft, rules, now)
    if by in draft.writers or by == draft.submitted_by:
        raise ApprovalError("ご自分が書いた内容は承認できません。ほかの承認者に確認を依頼してください。")
    if seal != draft.seal:
        raise ApprovalError("確認した後に内容が変わりました。もう一度、最新の内容を確認してから承認してください。")


def may_break_glass(draft: Draft, seal: str, reason: str, rules: ApprovalRules, now: datetime) -> None:
    """Raises `ApprovalError` unless nobody came, the text is a reviewed template, and a reason is given (R6)."""
    _check_waits(draft, rules, now)
    if seal != draft.seal:
        raise ApprovalError("確認した後に内容が変わりました。もう一度、最新の内容を確認してください。")
    if not draft.content.is_approved_before:
        raise ApprovalError(
            "自由に書いた文章がある場合は、一人では発信できません。本文を消して定型文だけにするか、承認者を呼んでください。"
        )
    left = remaining(draft, rules, now)
    if left > timedelta(0):
        raise ApprovalError(f"承認者を呼び出しています。あと{-(-left // timedelta(seconds=1))}秒待ってください。")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ApprovalError(f"一人で発信する理由を{SHORTEST_REASON}文字以上で入力してください（記録に残ります）。")


def remaining(draft: Draft, rules: ApprovalRules, now: datetime) -> timedelta:
    """How long an approver is still waited for; nothing or less: one officer may act alone."""
    return (draft.submitted_at or now) + rules.break_glass_after - now


def needs_approval(change: Change, content: Content, prepared: Content | None) -> bool:
    """Whether a second person must see it. A correction or retraction as it was prepared needs none (R5, issue 8.4)."""
    return not (change in {Change.CORRECT, Change.RETRACT} and prepared is not None and content == prepared)


def _check_waits(draft: Draft, rules: ApprovalRules, now: datetime) -> None:
    if draft.state is not DraftState.SUBMITTED or draft.submitted_at is None:
        raise ApprovalError("この下書きは承認を待っていません。作成者が内容を変更したか、すでに発信されています。")
    if now - draft.submitted_at > rules.submission_lasts:
        raise ApprovalError("承認の依頼から時間がたちすぎました。いまの状況を確認し、もう一度依頼してください。")
