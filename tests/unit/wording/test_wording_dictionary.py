"""JMA's multilingual dictionary beside our tables. No copy of the file is at hand: these are small ones of ours."""

import pytest

from alerts.wording.dictionary import DictionaryError, read_dictionary
from alerts.wording.dictionary_check import Judgement, as_table, compare
from alerts.wording.tables import Wording, bundled_texts

HEADERS = ["番号", "日本語", "英語", "中国語（簡体字）", "中国語（繁体字）", "ポルトガル語", "Tiếng Việt"]
ROWS = [
    ["気象庁 多言語辞書", "", "", "", "", "", ""],
    HEADERS,
    [
        "1",
        "大雨特別警報",
        "Heavy Rain Emergency Warning",
        "大雨特别警报",
        "大雨特別警報",
        "Alerta Especial de Chuva",
        "",
    ],
    [
        "2",
        "レベル４大雨危険警報",
        "Heavy Rain Urgent Warning",
        "大雨危险警报",
        "大雨危險警報",
        "Alerta Grave de Chuva",
        "",
    ],
    ["3", "大雨警報", "Heavy Rain Alert", "", "", "Alerta de Chuva", "Cảnh báo mưa to"],
    ["4", "その他の注意報", "Other Advisory", "其它注意报", "", "", ""],
    ["5", "知らない言葉", "Unheard of", "", "", "", ""],
    ["6", "", "No Japanese", "", "", "", ""],
]


@pytest.fixture
def found(wording):
    return {(one.language, one.key): one for one in compare(wording, read_dictionary([[["note"]], ROWS]))}


def test_columns_are_found_by_their_headers_wherever_they_stand():
    dictionary = read_dictionary([[["note"]], ROWS])
    assert dictionary.languages == ("en", "zh-Hans", "zh-Hant", "pt", "vi")
    assert dictionary.unknown == ("番号",)
    turned = read_dictionary([[list(reversed(row)) for row in ROWS]])
    assert turned.terms == dictionary.terms


@pytest.mark.parametrize(
    ("language", "key", "judgement"),
    [
        ("en", "kind.heavy_rain.33", Judgement.SAME),
        ("en", "kind.heavy_rain.03", Judgement.CONTRADICTS),
        ("zh-Hans", "kind.other_advisory.27", Judgement.CHANGES),
        ("pt", "kind.heavy_rain.43", Judgement.FILLS),
        ("vi", "kind.heavy_rain.03", Judgement.SAME),
    ],
)
def test_each_term_is_judged_against_ours(found, language, key, judgement):
    assert found[language, key].judgement is judgement


def test_what_the_dictionary_does_not_say_is_not_judged(found):
    assert ("vi", "kind.heavy_rain.43") not in found
    assert ("zh-Hant", "kind.heavy_rain.03") not in found


def test_a_word_for_another_level_is_never_taken_in(wording):
    wrong = [HEADERS, ["1", "大雨危険警報", "Heavy Rain Emergency Warning", "", "", "", ""]]
    (one,) = compare(wording, read_dictionary([wrong]))
    assert one.judgement is Judgement.INVERTED


def test_one_word_for_two_levels_is_inverted_also_in_a_language_we_do_not_know(wording):
    same = [HEADERS, ["1", "大雨危険警報", "", "", "", "Alerta", ""], ["2", "大雨特別警報", "", "", "", "alerta ", ""]]
    assert [one.judgement for one in compare(wording, read_dictionary([same]))] == [Judgement.INVERTED] * 2


def test_a_file_without_headers_is_refused():
    with pytest.raises(DictionaryError, match="expected 日本語 and another language"):
        read_dictionary([[["大雨警報", "Heavy Rain Warning"]]])


def test_a_new_language_can_be_gone_on_from(wording):
    portuguese = [one for one in compare(wording, read_dictionary([ROWS])) if one.language == "pt"]
    english = bundled_texts()["en.toml"].split("[phrases.kind]")[0].replace('tag = "en"', 'tag = "pt"')
    tables = Wording.parse(
        {"pt.toml": english, "pt/kinds.toml": as_table(portuguese).replace("jma-dictionary", "d")}
    ).tables
    assert tables["pt"].phrases["kind.heavy_rain.43"].text == "Alerta Grave de Chuva"
