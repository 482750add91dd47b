"""What a resident reads on the phone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alerts.alert import Change
from alerts.city.pack import bundled, load_pack
from alerts.city.rule import Case
from alerts.wording.tables import Wording

DAITO = load_pack(bundled()).codes
PERIOD = ("２３日１６時から２１時まで、警戒レベル４相当",)
ORDERS = ("避難指示", "緊急安全確保", "高齢者等避難", "Evacuation Order", "Emergency Safety Measures")


@pytest.fixture
def say(wording):
    def render(revision, language="ja", tier=0, *, drill=False, city=DAITO):
        return wording.render(revision, tier, language, drill=drill, city=city)

    return render


def test_level_4_says_what_to_do_and_leaves_the_order_to_the_city(say, revision):
    message = say(revision("VPWW56", "49", details=PERIOD))
    assert message.title == "大東市 レベル４土砂災害危険警報"
    assert message.body == (
        "気象庁は23日14時05分、大東市にレベル４土砂災害危険警報（警戒レベル４相当）を発表しました。"
        "危険な場所から全員避難が必要な状況です。大東市の避難情報を確認し、がけや渓流の近くから安全な場所へ避難してください。"
        "気象庁の予想：２３日１６時から２１時まで、警戒レベル４相当。"
    )


def test_english_uses_the_official_term_with_the_level_number(say, revision):
    message = say(revision("VPWW56", "49", details=PERIOD), "en")
    assert message.title == "Level 4 Landslide Urgent Warning"
    assert message.body == (
        "JMA, 23 Nov 14:05 JST: Landslide Urgent Warning (Alert Level 4 equivalent) issued for Daito City. "
        "Everyone needs to leave dangerous places. Check Daito City's evacuation information and go from slopes and "
        "streams to a safe place. Expected: Alert Level 4 equivalent, 23 Nov 16:00 to 23 Nov 21:00."
    )


def test_r1_a_drill_says_so_first_in_title_and_body(say, revision):
    japanese, english = (say(revision("VPWW55", "43"), language, drill=True) for language in ("ja", "en"))
    assert japanese.drill
    assert japanese.title.startswith("【訓練】")
    assert japanese.body.startswith("【訓練】これは訓練です。")
    assert english.title == "[DRILL] L4 Heavy Rain Urgent Warning"
    assert english.body.startswith("DRILL, not real.")


def test_outside_a_drill_nothing_says_drill(say, revision):
    message = say(revision("VPWW55", "43"))
    assert not message.drill
    assert "訓練" not in message.title + message.body


@pytest.mark.parametrize(
    ("change", "title", "sentence"),
    [
        (
            Change.RAISE,
            "大東市 レベル３大雨警報に引き上げ",
            "発表をレベル３大雨警報（警戒レベル３相当）に引き上げました",
        ),
        (Change.LOWER, "大東市 レベル３大雨警報に引き下げ", "現在はレベル３大雨警報（警戒レベル３相当）です"),
        (Change.END, "【解除】大東市 レベル３大雨警報", "大東市のレベル３大雨警報を解除しました"),
        (Change.CORRECT, "【訂正】大東市 レベル３大雨警報", "正しくは、大東市にレベル３大雨警報（警戒レベル３相当）が"),
        (Change.RETRACT, "【取消】大東市 レベル３大雨警報", "先にお知らせした大東市のレベル３大雨警報は誤りでした"),
    ],
)
def test_every_change_is_told_in_its_own_words(say, revision, change, title, sentence):
    message = say(revision("VPWW55", "03", change))
    assert message.title == title
    assert sentence in message.body


def test_what_is_over_calls_nobody_to_act_but_to_stay_careful(say, revision):
    body = say(revision("VPWW56", "49", Change.END)).body
    assert "全員避難" not in body
    assert "地盤はゆるんでいます" in body
    assert "大東市の避難情報を確認してから行動してください" in body


def test_level_2_is_a_level_and_not_an_equivalent(say, revision):
    assert "（警戒レベル２）" in say(revision("VPWW55", "10")).body


@pytest.mark.parametrize(("telegram_type", "code"), [("VPWW58", "05"), ("VPWW60", "36"), ("VPWW61", "14")])
def test_a_hazard_without_level_never_gets_a_number(say, revision, telegram_type, code):
    for language in ("ja", "en"):
        message = say(revision(telegram_type, code), language)
        assert "レベル" not in message.title + message.body
        assert "evel" not in message.title + message.body


def test_districts_told_first_are_told_why_and_the_others_are_not(say, revision):
    landslide = revision("VPWW56", "49", because="landslide_hillside")
    reason = "土砂災害のおそれがある山沿いの地区に、先にお知らせしています。"
    assert reason in say(landslide, tier=0).body
    assert reason not in say(landslide, tier=1).body


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("drill", [False, True])
def test_the_reason_of_the_daito_pack_fits_beside_every_level_4_and_5(wording, say, revision, language, drill):
    matching = load_pack(bundled("daito")).matching
    for telegram_type, code in (("VPWW55", "33"), ("VPWW55", "43"), ("VPWW56", "39"), ("VPWW56", "49")):
        alert = revision(telegram_type, code, Change.RAISE)
        tiers = matching.tiers(Case(alert.hazard, alert.level, alert.code, alert.rank, alert.issued_at.date()))
        assert len(tiers) > 1
        for number, tier in enumerate(tiers[:-1]):
            body = say(replace(alert, tiers=tiers), language, number, drill=drill).body
            assert wording.tables[language].phrases[f"because.{tier.because}"].text in body


def test_the_period_is_left_out_before_the_action_when_the_text_is_too_long(say, revision):
    told = revision("VPWW56", "09", because="landslide_hillside", details=PERIOD)
    long_name = replace(DAITO, name="いちき串木野市" * 2)
    body = say(told, city=long_name).body
    assert "気象庁の予想" not in body
    assert "避難の準備をしてください" in body
    assert "気象庁の予想" in say(revision("VPWW56", "09", details=PERIOD)).body


def test_times_are_japan_time_with_the_day(say, revision):
    after_midnight = revision("VPWW61", "14", issued_at=datetime(2026, 11, 30, 15, 7, tzinfo=UTC))
    assert "気象庁は1日0時07分、" in say(after_midnight).body
    assert "1 Dec 00:07 JST" in say(after_midnight, "en").body


def test_a_language_without_table_is_served_in_english(say, revision):
    message = say(revision("VPWW55", "43"), "fr")
    assert message.language == "en"
    assert message.title == "Level 4 Heavy Rain Urgent Warning"


def test_easy_japanese_has_furigana_and_spaces(say, revision):
    message = say(revision("VPWW55", "43"), "ja-Hira")
    assert message.title == "大東市（だいとうし） レベル4 大雨（おおあめ） 危険警報（きけんけいほう）"
    assert "あぶない ところから みんな にげて ください。" in message.body


def test_a_kind_without_english_name_is_told_in_japanese_by_jmas_own(say, revision):
    unheard_of = replace(revision("VPWW61", "14"), hazard="eruption", code="1", name="噴火速報", rank=5)
    message = say(unheard_of, "en")
    assert message.language == "ja"
    assert message.title == "大東市 噴火速報"


def test_a_broken_table_does_not_leave_anybody_untold(revision):
    message = Wording({}).render(revision("VPWW55", "43", Change.END), 0, "en", drill=True, city=DAITO)
    assert message.title == "【訓練】大東市 レベル４大雨危険警報"
    assert message.body == "【訓練】大東市 レベル４大雨危険警報（警戒レベル４相当）　解除　23日14時05分"


def test_no_text_says_what_only_the_city_may_order(wording, say, revision):
    for code in ("33", "43", "03", "10"):
        for change in Change:
            for language in wording.languages:
                message = say(revision("VPWW55", code, change), language)
                assert not [order for order in ORDERS if order in message.title + message.body]


def test_the_message_carries_what_the_revision_says(say, revision):
    told = revision("VPWW55", "43")
    message = say(told)
    assert (message.alert_id, message.revision, message.level, message.code) == ("a1", 1, 4, "43")
    assert (message.urgency, message.issued_at, message.expires_at) == (told.urgency, told.issued_at, told.expires_at)
