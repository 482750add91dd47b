"""What the city's office says: template parts translated, an officer's words as written (issue 5.6)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alerts.alert import Change
from alerts.city.pack import bundled, load_pack
from alerts.wording.office_text import OfficeText, Template
from alerts.wording.places import Place

DAITO = load_pack(bundled("daito")).codes
AT = datetime(2026, 11, 23, 5, 5, tzinfo=UTC)
HOJO = Place("北条三丁目", "ホウジョウ3チョウメ", "Hojo 3-chome")
SHELTER = Place("四条中学校")
ORDER = OfficeText(Template.EVACUATION_ORDER, Change.ISSUE, (HOJO,), AT, hazard="landslide", shelters=(SHELTER,))


@pytest.fixture
def say(wording):
    def office(said, language="ja", *, drill=False):
        return wording.office(said, language, drill=drill, city=DAITO)[1]

    return office


@pytest.mark.parametrize(
    ("language", "title", "place"),
    [
        ("ja", "大東市 警戒レベル４ 避難指示", "北条三丁目に"),
        ("ja-Hira", "警戒（けいかい）レベル4 避難指示（ひなんしじ）", "北条三丁目（ほうじょう3ちょうめ）に"),
        ("en", "Alert Level 4: Evacuation Order", "Hojo 3-chome"),
        ("zh-Hans", "大东市：警戒等级4 避难指示", "北条三丁目"),
        ("zh-Hant", "大東市：警戒等級4 疏散指示", "北条三丁目"),
        ("ko", "다이토시 경계 레벨 4 피난 지시", "호조 3초메에"),
        ("vi", "Mức cảnh giác 4: Chỉ thị sơ tán", "Hojo 3-chome"),
    ],
)
def test_an_order_names_its_level_and_the_district_in_the_readers_script(say, language, title, place):
    text = say(ORDER, language)
    assert title in text.title
    assert place in text.body
    assert "四条中学校" in text.body


def test_an_order_in_japanese_says_where_why_what_to_do_and_where_to_go(say):
    assert say(ORDER).body == (
        "大東市は23日14時05分、北条三丁目に警戒レベル４ 避難指示を発令しました。土砂災害の危険が高まっています。"
        "危険な場所にいる方は全員、安全な場所へ避難してください。"
        "外が危険なときは、建物の高い階や、がけから離れた部屋へ移動してください。開いている避難所：四条中学校。"
    )


@pytest.mark.parametrize("language", ["ja-Hira", "en", "zh-Hans", "zh-Hant", "ko", "vi"])
def test_an_officers_words_are_shown_as_written_with_a_note_in_the_readers_language(say, wording, language):
    text = say(replace(ORDER, shelters=(), written="北条小学校は使えません。"), language)
    note = wording.tables[language].phrases["office.written.order"].text
    assert note.format(written="北条小学校は使えません。") in text.body


def test_a_voice_of_another_language_is_not_given_the_japanese(say):
    free = OfficeText(Template.FREE, Change.ISSUE, None, AT, written="断水のため給水車が出ます。")
    assert "給水車" not in say(free, "ko").spoken
    assert "給水車" in say(free).spoken


def test_what_is_too_long_is_left_to_the_app_and_the_order_and_its_action_never(say, wording):
    long = replace(ORDER, districts=(HOJO,) * 60, shelters=(SHELTER,) * 20, written="長い文。" * 100)
    for language in wording.languages:
        table, text = wording.tables[language], say(long, language)
        assert len(text.body) <= table.body_limit
        assert table.phrases["office.action.evacuation_order"].text in text.body
        assert text.body.endswith(table.phrases["office.app"].text)


def test_the_whole_city_is_said_so(say):
    assert "市内全域に" in say(replace(ORDER, districts=None)).body


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"districts": ()}, "choose districts, or the whole city"),
        ({"template": Template.LIFELINE}, "names what is out"),
        ({"template": Template.SHELTER_OPENING, "shelters": ()}, "names the shelters"),
        ({"template": Template.FREE}, "must not be empty"),
        ({"template": Template.MISSING_PERSON, "written": "  "}, "must not be empty"),
        ({"template": Template.FREE, "written": "あ", "change": Change.RAISE}, "only an order"),
    ],
)
def test_r8_a_text_with_a_gap_in_it_is_refused(changes, problem):
    with pytest.raises(ValueError, match=problem):
        replace(ORDER, **changes)


def test_with_every_phrase_withheld_the_order_still_goes_out_by_its_official_name(wording):
    language, text = wording.withholding(but=[]).office(ORDER, "vi", drill=False, city=DAITO)
    assert language == "ja"
    assert text.title == "大東市 警戒レベル４ 避難指示（発表）"
    assert "北条三丁目" in text.body
    assert "四条中学校" in text.body


def test_r1_an_office_drill_is_marked_in_every_language(say, wording):
    for language in wording.languages:
        text = say(ORDER, language, drill=True)
        word = wording.tables[language].drill_word
        assert word in text.title[: len(word) + 1]
        assert word in text.body[: len(word) + 1]
