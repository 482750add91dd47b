"""Each rule of the check is an incident that reached residents (R8)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.alert import Change
from alerts.office.lint import Facility, Gravity, InForce, lint, refuses
from alerts.shelter.opening import Opening, OpeningState
from alerts.wording.office_text import Template


def said(findings: Sequence[object], gravity: Gravity) -> list[str]:
    return [one.message for one in findings if one.gravity is gravity]


def opening(now, state: OpeningState, hours: float = 1) -> Opening:
    return Opening("E1", state, now - timedelta(hours=hours), "office", True, 1)


def test_r8_a_sound_order_has_nothing_to_mend(draft_of, content, around) -> None:
    assert lint(draft_of(content), around) == ()


@pytest.mark.parametrize(("hours", "words"), [(0, "過ぎています"), (-1, "過ぎています"), (49, "9月3日12時まで")])
def test_r8_the_expiry_lies_ahead_and_not_too_far(draft_of, content, around, now, hours, words) -> None:
    draft = draft_of(replace(content, expires_at=now + timedelta(hours=hours)))
    (message,) = said(lint(draft, around), Gravity.ERROR)
    assert words in message


def test_r8_an_old_draft_is_looked_at_again(draft_of, content, later) -> None:
    assert lint(draft_of(content), later(minutes=60)) == ()
    (message,) = said(lint(draft_of(content), later(minutes=61)), Gravity.ERROR)
    assert "60分以上変更されていない下書き" in message


GAPS = [
    "避難人数:未入力",
    "開設時刻：、場所は市役所",
    "○○小学校へ",
    "XX時に",
    "{district}に発令",
    "[場所]",
    "会場は＿＿です",
    "場所：",
]


@pytest.mark.parametrize("written", GAPS)
def test_r8_what_was_to_be_filled_in_is_found(draft_of, notice, around, written) -> None:
    assert refuses(lint(draft_of(replace(notice, written=written)), around))


@pytest.mark.parametrize(
    "written", ["開設時刻：18時、場所：市役所", "持ち物：水、薬", "第1避難所（体育館）", "A棟とB棟"]
)
def test_r8_what_is_filled_in_is_none(draft_of, notice, around, written) -> None:
    assert lint(draft_of(replace(notice, written=written)), around) == ()


@pytest.mark.parametrize("written", ["2024/06/30 18:00 開設", "８月３１日に開設", "令和の大雨 2026年9月2日"])
def test_r8_another_day_is_looked_at(draft_of, notice, around, written) -> None:
    findings = lint(draft_of(replace(notice, written=written)), around)
    assert "今日ではありません" in said(findings, Gravity.WARNING)[0]


@pytest.mark.parametrize("written", ["2026/09/01 18:00 開設", "９月１日に開設", "13月45日", "24時間 1/2の水量"])
def test_r8_today_and_what_is_no_date_are_not(draft_of, notice, around, written) -> None:
    dates = [
        m for m in said(lint(draft_of(replace(notice, written=written)), around), Gravity.WARNING) if "9月1日" in m
    ]
    assert dates == []


@pytest.mark.parametrize("word", ["訓練", "テスト", "Test", "ＴＥＳＴ", "動作確認"])
def test_r1_words_of_a_drill_do_not_go_out_live(draft_of, content, around, word) -> None:
    draft = draft_of(replace(content, written=f"これは{word}です。"))
    assert refuses(lint(draft, around))
    assert lint(draft, replace(around, is_drill=True)) == ()


def test_r1_a_notice_about_a_drill_to_come_is_looked_at(draft_of, notice, around) -> None:
    findings = lint(draft_of(replace(notice, written="あすの防災訓練は中止します。")), around)
    assert not refuses(findings)
    assert "本番の画面" in said(findings, Gravity.WARNING)[0]


@pytest.mark.parametrize("word", ["避難指示", "警戒レベル４", "緊急安全確保"])
def test_r3_an_order_is_no_free_text(draft_of, notice, around, word) -> None:
    findings = lint(draft_of(replace(notice, written=f"{word}が出ています。")), around)
    assert "専用の種類を選んで" in said(findings, Gravity.ERROR)[0]


@pytest.mark.parametrize("word", ["震度7", "震度７", "大津波", "ミサイル"])
def test_r3_what_others_announce_is_no_free_text(draft_of, notice, around, word) -> None:
    findings = lint(draft_of(replace(notice, written=f"{word}を観測しました。")), around)
    assert "市が発表する情報ではありません" in said(findings, Gravity.ERROR)[0]


NOT_READY = [OpeningState.NOT_OPENED, OpeningState.CLOSED, OpeningState.UNUSABLE, OpeningState.FULL]


@pytest.mark.parametrize("state", NOT_READY)
def test_r8_a_shelter_that_takes_nobody_is_not_named(draft_of, content, around, now, state) -> None:
    draft = draft_of(replace(content, shelters=("E1",)))
    known = replace(around, facilities={"E1": Facility("北条中学校", opening(now, state))})
    assert "北条中学校" in said(lint(draft, known), Gravity.ERROR)[0]


def test_r8_a_shelter_of_which_nothing_is_known_is_not_named(draft_of, content, around) -> None:
    draft = draft_of(replace(content, shelters=("E1", "E2")))
    known = replace(around, facilities={"E1": Facility("北条中学校", None)})
    messages = said(lint(draft, known), Gravity.ERROR)
    assert any("まだ開設されていません" in message for message in messages)
    assert any("一覧にありません" in message for message in messages)


def test_r8_an_open_shelter_is_named_an_old_report_looked_at(draft_of, content, around, now) -> None:
    draft = draft_of(replace(content, shelters=("E1",)))
    for state in (OpeningState.OPEN, OpeningState.OPENING):
        fresh = replace(around, facilities={"E1": Facility("北条中学校", opening(now, state))})
        assert lint(draft, fresh) == ()
    old = replace(around, facilities={"E1": Facility("北条中学校", opening(now, OpeningState.OPEN, hours=25))})
    assert said(lint(draft, old), Gravity.WARNING)


def test_r8_an_end_may_name_a_shelter_that_has_closed(draft_of, content, around) -> None:
    draft = draft_of(replace(content, shelters=("E1",)), Change.END, "o1")
    holds = replace(around, in_force=(InForce("o1", content.template, None),))
    assert lint(draft, holds) == ()


def test_r19_what_is_not_in_force_is_neither_ended_nor_changed(draft_of, content, around) -> None:
    for change in set(Change) - {Change.ISSUE}:
        findings = lint(draft_of(content, change, "o1"), around)
        assert "発令中ではありません" in said(findings, Gravity.ERROR)[0]


@pytest.mark.parametrize("districts", [None, frozenset({"hojo-2"})])
def test_the_same_order_twice_is_looked_at(draft_of, content, around, districts) -> None:
    known = replace(around, in_force=(InForce("o1", Template.EVACUATION_ORDER, districts),))
    assert "すでに発令中" in said(lint(draft_of(content), known), Gravity.WARNING)[0]
    elsewhere = replace(around, in_force=(InForce("o1", Template.EVACUATION_ORDER, frozenset({"sanga-1"})),))
    assert lint(draft_of(content), elsewhere) == ()


def test_languages_that_are_not_said_or_cut_are_named(draft_of, content, around) -> None:
    findings = lint(draft_of(content), replace(around, unsaid=("한국어",), in_part=("English",)))
    assert any("한국어" in message for message in said(findings, Gravity.WARNING))
    assert any("English" in message for message in said(findings, Gravity.WARNING))


def test_errors_stand_before_warnings(draft_of, notice, around) -> None:
    findings = lint(draft_of(replace(notice, written="8月1日 未入力")), around)
    assert [one.gravity for one in findings] == [Gravity.ERROR, Gravity.WARNING]
