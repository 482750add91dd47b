"""What a resident reads of the families beside weather warnings (jma.md §3.3-3.5)."""

import re
from dataclasses import replace
from itertools import product

import pytest

from alerts.alert import Change
from alerts.city.pack import bundled, load_pack
from alerts.telegram import kinds

DAITO = load_pack(bundled()).codes
ORDERS = ("避難指示", "緊急安全確保", "高齢者等避難")
ISSUED = [  # title and first sentence of a first message
    ("VXKO", "40", "大東市 レベル４氾濫危険警報", "気象庁などは{t}、大東市に関わる川にレベル４"),
    ("VPBS50", "線状降水帯発生", "大東市 気象防災速報（線状降水帯発生）", "気象庁は{t}、大東市を含む地域に"),
    ("VPBS50", "線状降水帯直前", "大東市 気象防災速報（線状降水帯直前予測）", "気象庁は{t}、大東市を含む地域に"),
    ("VPBS50", "記録雨", "大東市 気象防災速報（記録的短時間大雨）", "気象庁は{t}、大東市を含む地域に"),
    ("VPBS50", "短時間大雪", "大東市 気象防災速報（短時間大雪）", "気象庁は{t}、大東市を含む地域に"),
    ("VPHW51", "1", "大東市 竜巻注意情報", "気象庁は{t}、大東市を含む地域に竜巻注意情報を発表しました。"),
    ("VXSE53", "5-", "大東市周辺で震度５弱", "気象庁の{t}の発表によると、大東市周辺の揺れは震度５弱です。"),
    ("VXSE53", "5-?", "大東市周辺で震度５弱以上（未入電）", "気象庁の{t}の発表によると、大東市周辺の揺れは震度"),
    ("VXSE62", "3", "大東市周辺で長周期地震動階級３", "気象庁の{t}の発表によると、大東市周辺の揺れは長周期"),
    ("VTSE41", "53", "大阪府沿岸 大津波警報", "気象庁は{t}、大阪府の沿岸に大津波警報を発表しました。"),
    ("VYSE50", "111", "南海トラフ地震臨時情報（調査中）", "気象庁は{t}、南海トラフ地震臨時情報（"),
    ("VYSE50", "120", "南海トラフ地震臨時情報（巨大地震警戒）", "気象庁は{t}、南海トラフ地震臨時情報（"),
    ("VYSE50", "130", "南海トラフ地震臨時情報（巨大地震注意）", "気象庁は{t}、南海トラフ地震臨時情報（"),
    ("VPFT50", "alert", "大東市 熱中症警戒アラート", "環境省と気象庁は{t}、大阪府に熱中症警戒アラートを発表しました。"),
    ("VFVO54", "73", "大東市 降灰予報（多量の降灰）", "気象庁は{t}、大東市に降灰予報（多量の降灰）を発表しました。"),
]  # fmt: skip


@pytest.fixture
def say(wording):
    def render(revision, language="ja", *, drill=False):
        return wording.render(revision, 0, language, drill=drill, city=DAITO)

    return render


@pytest.mark.parametrize(("telegram_type", "code", "title", "opening"), ISSUED)
def test_every_family_opens_with_who_says_what_of_where(say, revision, telegram_type, code, title, opening):
    message = say(revision(telegram_type, code))
    assert message.title == title
    assert message.body.startswith(opening.format(t="23日14時05分"))


@pytest.mark.parametrize(
    ("telegram_type", "code", "title"),
    [
        ("VXKO", "40", "Level 4 Flood Urgent Warning: Daito City"),
        ("VPBS50", "記録雨", "Record-breaking heavy rain: Daito City"),
        ("VPHW51", "1", "Tornado Watch: Daito City"),
        ("VXSE53", "6+", "Seismic intensity 6-upper: Daito City"),
        ("VXSE53", "5-?", "Intensity 5-lower or more: Daito City"),
        ("VTSE41", "52", "Major Tsunami Warning for the coast"),
        ("VYSE50", "120", "Nankai Trough: Megathrust Quake Alert"),
        ("VPFT50", "alert", "Heat Stroke Alert: Daito City"),
        ("VFVO53", "72", "Moderate ash fall expected: Daito City"),
    ],
)
def test_every_family_has_its_english_title(say, revision, telegram_type, code, title):
    message = say(revision(telegram_type, code), "en")
    assert message.language == "en"
    assert message.title == title


@pytest.mark.parametrize(("level", "name"), [(2, "氾濫注意報"), (3, "氾濫警報"), (4, "氾濫危険警報")])
def test_a_city_on_a_milder_reach_of_a_flooding_river_is_told_its_own_level(say, revision, level, name):
    mild = replace(revision("VXKO", "51"), level=level, rank=level, name=kinds.table()["VXKO", f"{level}0"].name)
    message, english = say(mild), say(mild, "en")
    wide = str(level).translate(str.maketrans("234", "２３４"))
    assert message.title == f"大東市 レベル{wide}{name}"
    assert "５" not in message.title + message.body
    assert "特別警報" not in message.title + message.body
    assert english.title.startswith(f"Level {level} Flood ")
    assert "Emergency" not in english.title + english.body


def test_level_2_of_a_river_that_is_at_level_5_elsewhere_calls_nobody_to_flee(say, revision):
    mild = replace(revision("VXKO", "51"), level=2, rank=2, name="レベル２氾濫注意報")
    assert say(mild).body == (
        "気象庁などは23日14時05分、大東市に関わる川にレベル２氾濫注意報（警戒レベル２）を発表しました。"
        "川の増水に注意し、川に近づかず、ハザードマップで避難先と道順を確認してください。"
    )


def test_only_river_floods_of_these_families_have_a_level_number(say, revision):
    numberless = [kind for kind in kinds.table().values() if kind.level is None]
    assert {"short_heavy_snow", "earthquake", "tsunami"} <= {kind.hazard for kind in numberless}
    for kind, change, language in product(numberless, Change, ("ja", "en")):
        message = say(revision(kind.type, kind.code, change), language)
        assert "レベル" not in message.title + message.body
        assert not re.search(r"evel \d|\bL\d", message.title + message.body)


def test_no_telegram_of_any_family_orders_what_only_the_city_may(say, revision):
    for kind, change in product(kinds.table().values(), Change):
        message = say(revision(kind.type, kind.code, change))
        assert not [order for order in ORDERS if order in message.title + message.body]


def test_a_tsunami_sends_away_from_the_coast_and_not_out_of_the_inland_city(say, revision):
    for code in ("51", "52", "53", "62"):
        message = say(revision("VTSE41", code))
        assert "大東市" not in message.title
        assert "海岸" in message.body
    assert "高い安全な場所へ避難" in say(revision("VTSE41", "52")).body
    assert "避難" not in say(revision("VTSE41", "62")).body


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("この地震による津波の心配はありません。", "この地震による津波の心配はありません。"),
        ("日本の沿岸では若干の海面変動があるかもしれませんが、被害の心配はありません。", "海面が少し変わる"),
        ("津波警報等（大津波警報・津波警報あるいは津波注意報）を発表中です。", "津波のおそれがあるため、すぐに離れて"),
        ("今後の情報に注意してください。", None),
    ],
)
def test_an_earthquake_says_what_jma_says_of_a_tsunami(say, revision, comment, told):
    body = say(revision("VXSE53", "5+", details=("震源：大阪府北部", comment))).body
    assert "火の元" in body
    assert (told in body) if told else ("津波" not in body)


@pytest.mark.parametrize("telegram_type", ["VPBS50", "VPHW51", "VPFT50", "VFVO53", "VXSE53"])
def test_what_nothing_lifts_is_over_and_not_lifted(say, revision, telegram_type):
    kind = next(kind for key, kind in kinds.table().items() if key[0] == telegram_type and kind.rank)
    message = say(revision(kind.type, kind.code, Change.END))
    assert message.title.startswith("【終了】")
    assert "解除" not in message.title + message.body
    assert "終わりました" in message.body


@pytest.mark.parametrize(("telegram_type", "code"), [("VTSE41", "51"), ("VXKO", "30")])
def test_what_jma_lifts_is_lifted(say, revision, telegram_type, code):
    message = say(revision(telegram_type, code, Change.END))
    assert message.title.startswith("【解除】")
    assert "解除されました" in message.body


def test_an_intensity_is_updated_and_not_raised_like_a_warning(say, revision):
    message = say(revision("VXSE53", "5+", Change.RAISE))
    assert message.title == "【更新】大東市周辺で震度５強"
    assert "大東市周辺の揺れを震度５強に更新しました。先の発表より強い揺れです。" in message.body
    assert "引き上げ" not in message.title + message.body


def test_a_false_first_report_of_an_earthquake_is_taken_back(say, revision):
    message = say(revision("VXSE51", "5+", Change.RETRACT))
    assert message.title == "【取消】大東市周辺で震度５強"
    assert message.body.startswith("先にお知らせした大東市周辺の地震（震度５強）は誤りでした。")


def test_small_stones_send_indoors_where_much_ash_does_not(say, revision):
    assert "頑丈な建物に入り" in say(revision("VFVO54", "75")).body
    assert "頑丈な建物" not in say(revision("VFVO54", "73")).body


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_kind_that_can_be_told_is_told_in_the_asked_language(say, revision, language):
    for kind in kinds.table().values():
        message = say(revision(kind.type, kind.code, Change.ISSUE if kind.rank else Change.END), language)
        assert message.language == language
        assert not message.title.endswith("…")


@pytest.mark.parametrize("code", ["111", "120", "130"])
def test_the_end_of_a_nankai_notice_is_the_end_of_the_investigation(say, revision, code):
    over = replace(revision("VYSE50", code), change=Change.END)
    message = say(over)
    assert message.title == f"【調査終了】{say(revision('VYSE50', code)).title}"
    assert "気象庁は23日14時05分、調査終了を発表しました。ただし、地震はいつ発生しても" in message.body
    english = say(over, "en")
    assert english.title == "Nankai Trough investigation over"
    assert "investigation is over. Still, a large earthquake can come" in english.body
