"""Another person who saw exactly that; one alone only when nobody came (R2, R6)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.alert import Change
from alerts.office.approval import (
    ApprovalError,
    ApprovalRules,
    may_approve,
    may_break_glass,
    needs_approval,
    remaining,
)

RULES = ApprovalRules(timedelta(seconds=60), timedelta(minutes=15))
REASON = "承認者と連絡が取れないため"


@pytest.fixture
def waiting(draft_of, content, now):
    return draft_of(content).submitted("aoki", "seal", now)


def test_r2_another_person_approves_what_was_submitted(waiting, now) -> None:
    may_approve(waiting, "chiba", "seal", RULES, now + timedelta(minutes=15))


def test_r2_nobody_approves_what_he_wrote(waiting, now) -> None:
    for writer in ("aoki", "baba"):
        draft = replace(waiting, writers=frozenset({"aoki", "baba"}))
        with pytest.raises(ApprovalError, match="ご自分が書いた内容は承認できません"):
            may_approve(draft, writer, "seal", RULES, now)


def test_r2_who_submitted_somebody_elses_words_does_not_approve_them(waiting, now) -> None:
    with pytest.raises(ApprovalError, match="ご自分が書いた"):
        may_approve(replace(waiting, submitted_by="dan"), "dan", "seal", RULES, now)


def test_r2_an_approval_of_other_words_is_none(waiting, now) -> None:
    with pytest.raises(ApprovalError, match="内容が変わりました"):
        may_approve(waiting, "chiba", "another seal", RULES, now)


def test_r8_what_waited_too_long_is_asked_for_anew(waiting, now) -> None:
    late = now + timedelta(minutes=15, seconds=1)
    for act in (
        lambda: may_approve(waiting, "chiba", "seal", RULES, late),
        lambda: may_break_glass(waiting, "seal", REASON, RULES, late),
    ):
        with pytest.raises(ApprovalError, match="時間がたちすぎました"):
            act()


def test_what_was_not_submitted_is_not_let_out(draft_of, content, now) -> None:
    for act in (
        lambda: may_approve(draft_of(content), "chiba", "seal", RULES, now),
        lambda: may_break_glass(draft_of(content), "seal", REASON, RULES, now),
    ):
        with pytest.raises(ApprovalError, match="承認を待っていません"):
            act()


def test_r6_one_officer_acts_alone_after_a_minute_with_a_reason(waiting, now) -> None:
    may_break_glass(waiting, "seal", REASON, RULES, now + timedelta(seconds=60))


def test_r6_not_before_and_the_words_say_how_long(waiting, now) -> None:
    with pytest.raises(ApprovalError, match="あと1秒待ってください"):
        may_break_glass(waiting, "seal", REASON, RULES, now + timedelta(seconds=59, milliseconds=1))
    assert remaining(waiting, RULES, now) == timedelta(seconds=60)


@pytest.mark.parametrize("reason", ["", "急ぎ", " " * 30])
def test_r6_a_reason_is_typed(waiting, now, reason) -> None:
    with pytest.raises(ApprovalError, match="理由を10文字以上"):
        may_break_glass(waiting, "seal", reason, RULES, now + timedelta(minutes=2))


def test_r6_own_words_need_a_second_person(draft_of, content, now) -> None:
    draft = draft_of(replace(content, written="急いでください。")).submitted("aoki", "seal", now)
    with pytest.raises(ApprovalError, match="自由に書いた文章"):
        may_break_glass(draft, "seal", REASON, RULES, now + timedelta(minutes=2))


def test_r5_an_unchanged_correction_or_retraction_needs_one_officer(content) -> None:
    for change in Change:
        alone = change in {Change.CORRECT, Change.RETRACT}
        assert needs_approval(change, content, content) is not alone
        assert needs_approval(change, replace(content, written="別の文"), content)
        assert needs_approval(change, content, None)
