"""Who hears which language: own, easy Japanese or English, Japanese, and never nothing (decision 14)."""

from dataclasses import replace

import pytest

from alerts.alert import Change
from alerts.city.pack import bundled, load_pack
from alerts.telegram import kinds
from alerts.wording.phrases import Review
from alerts.wording.tables import Wording

DAITO = load_pack(bundled("daito")).codes


def reviewed(wording, language):
    """As after a native speaker's signature under every phrase of the language."""
    table = wording.tables[language]
    signed = {
        key: replace(phrase, review=max(phrase.review, Review.REVIEWED, key=[*reversed(Review)].index))
        for key, phrase in table.phrases.items()
    }
    return Wording(dict(wording.tables) | {language: replace(table, phrases=signed)})


def heard(wording, revision, language):
    return wording.render(revision, 0, language, drill=False, city=DAITO)


@pytest.mark.parametrize("language", ["ko", "vi", "zh-Hans", "zh-Hant"])
def test_what_nobody_has_reviewed_is_told_in_easy_japanese(wording, revision, language):
    live = wording.withholding(but=["ja", "ja-Hira", "en"])
    assert heard(live, revision("VPWW56", "49"), language).language == "ja-Hira"


def test_where_easy_japanese_waits_too_english_comes_next_and_then_japanese(wording, revision):
    level_4 = revision("VPWW56", "49")
    assert heard(wording.withholding(but=["ja", "en"]), level_4, "vi").language == "en"
    assert heard(wording.withholding(but=["ja"]), level_4, "vi").language == "ja"
    assert heard(wording.withholding(but=["ja"]), level_4, "ja-Hira").language == "ja"


@pytest.mark.parametrize("language", ["ko", "vi", "zh-Hans", "zh-Hant", "ja-Hira", "en", "ja", "tl"])
def test_r3_with_every_phrase_withheld_the_official_japanese_terms_still_go_out(wording, revision, language):
    strict = wording.withholding(but=[])
    for kind in kinds.table().values():
        for change in Change:
            message = heard(strict, revision(kind.type, kind.code, change), language)
            assert message.language == "ja"
            assert kind.name in message.body
            assert message.spoken
    level_4 = heard(strict, revision("VPWW56", "49"), language)
    assert level_4.title == "大東市 レベル４土砂災害危険警報"
    assert level_4.body == "大東市 レベル４土砂災害危険警報（警戒レベル４相当）　発表　23日14時05分"


@pytest.mark.parametrize("language", ["ko", "vi", "zh-Hans", "zh-Hant", "ja-Hira", "en"])
def test_a_reviewed_language_is_heard_without_the_citys_word(wording, revision, language):
    signed = reviewed(wording, language).withholding(but=["ja"])
    for kind in kinds.table().values():
        told = revision(kind.type, kind.code, Change.ISSUE if kind.rank else Change.END)
        assert heard(signed, told, language).language == language


def test_a_phrase_that_waits_is_not_replaced_by_a_vaguer_one(wording, revision):
    signed = reviewed(wording, "en")
    table = signed.tables["en"]
    waiting = replace(table.phrases["action.tsunami.5"], review=Review.UNREVIEWED)
    phrases = dict(table.phrases) | {"action.tsunami.5": waiting}
    partly = Wording(dict(signed.tables) | {"en": replace(table, phrases=phrases)}).withholding(but=["ja"])
    assert heard(partly, revision("VTSE41", "52"), "en").language == "ja"
    assert heard(partly, revision("VTSE41", "51"), "en").language == "en"


def test_a_sentence_that_can_be_spared_and_waits_is_left_out(wording, revision):
    signed = reviewed(wording, "en")
    table = signed.tables["en"]
    waiting = replace(table.phrases["because.landslide_hillside"], review=Review.UNREVIEWED)
    phrases = dict(table.phrases) | {"because.landslide_hillside": waiting}
    partly = Wording(dict(signed.tables) | {"en": replace(table, phrases=phrases)}).withholding(but=["ja"])
    message = heard(partly, revision("VPWW56", "49", because="landslide_hillside"), "en")
    assert (message.language, "Sent first" in message.body) == ("en", False)


def test_the_daito_pack_lets_out_what_its_office_can_read(wording, revision):
    policy = load_pack(bundled("daito")).policy
    assert set(policy.unreviewed) == {"ja", "ja-Hira", "en"}
    live = wording.withholding(but=policy.unreviewed)
    told = {language: heard(live, revision("VPWW55", "33"), language).language for language in wording.languages}
    assert {language for language, spoken in told.items() if language == spoken} == {"ja", "ja-Hira", "en"}


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh-TW", "zh-Hant"), ("zh-hk", "zh-Hant"), ("zh", "zh-Hans"), ("zh-Hans-CN", "zh-Hans"), ("vi-VN", "vi"),
     ("KO-kr", "ko"), ("ja-JP", "ja"), ("ja-Hira", "ja-Hira"), ("en-GB", "en"), ("pt-BR", None), ("", None)],
)  # fmt: skip
def test_a_tag_as_phones_send_it_finds_its_language(wording, tag, language):
    assert wording.find(tag) == language


def test_every_stand_in_is_a_language_there_is(wording):
    for table in wording.tables.values():
        assert set(table.stand_ins) <= set(wording.languages) - {table.language}
