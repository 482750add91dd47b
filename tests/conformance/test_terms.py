"""Official terms stand in the phrase tables exactly as the project's collected facts have them (jma.md §4)."""

import csv
from pathlib import Path

import pytest

from alerts.telegram import kinds
from alerts.wording.phrases import Review
from alerts.wording.tables import Wording

FACTS = Path(__file__).parents[2].parent / "shared" / "codes" / "terms_multilingual.csv"

pytestmark = pytest.mark.skipif(not FACTS.exists(), reason=f"{FACTS} is not there: terms are compared where it is")

COLUMNS = {"ja": "ja", "en": "en", "zh_hans": "zh-Hans", "zh_hant": "zh-Hant", "ko": "ko", "vi": "vi"}
ORDERS = {"evac_3": "evacuation_elderly", "evac_4": "evacuation_order", "evac_5": "emergency_safety"}
CLASSES = {"class_5": 5, "class_4": 4, "class_3": 3, "class_2": 2}
FLOODS = {
    "34": "level5",
    "44": "level4",
    "04": "level3",
    "18": "level2",
}  # 洪水 for 氾濫: no telegram has 洪水 (jma.md §3.2)
WORDING = Wording.load()


def rows():
    with FACTS.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def terms(prefix):
    """Key, language and term of every row whose key begins so."""
    for row in rows():
        if row["key"].startswith(prefix):
            yield from ((row["key"], tag, row[column]) for column, tag in COLUMNS.items() if row[column])


def phrase(language, key):
    return WORDING.tables[language].phrases[key]


def hazard_of(code):
    """The warning that has the code in VPWW55-61; 03 is heavy rain there and nothing else (jma.md §0.4)."""
    return next(
        (kind.hazard for kind in kinds.table().values() if kind.type.startswith("VPWW") and kind.code == code), None
    )


def test_every_warning_is_named_as_in_the_dictionary():
    compared = 0
    for prefix in ("warning_", "advisory_"):
        for key, language, term in terms(prefix):
            code = key.removeprefix(prefix)
            if hazard := hazard_of(code):
                own = phrase(language, f"kind.{hazard}.{code}")
                assert (own.text, own.review) == (term, Review.OFFICIAL), (key, language)
                compared += 1
    assert compared == 6 * 33


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "ko"])
def test_floods_take_the_dictionarys_word_for_flood(language):
    said = {
        key.partition("_")[2]: term
        for prefix in ("warning_", "advisory_")
        for key, tag, term in terms(prefix)
        if tag == language
    }
    for code, level in FLOODS.items():
        assert phrase(language, f"kind.river_flood.{level}").text == said[code]


def test_the_class_words_are_the_dictionarys():
    for key, language, term in terms("class_"):
        assert WORDING.tables[language].class_words[CLASSES[key]] == term


def test_intensities_hold_the_dictionarys_words():
    for key, language, term in terms("int_"):
        own = phrase(language, f"kind.earthquake.{key.removeprefix('int_')}")
        assert own.text.endswith(term)
        assert own.review is Review.OFFICIAL


def test_the_citys_orders_have_their_official_names():
    compared = 0
    for key, language, term in terms("evac_"):
        own = phrase(language, f"office.name.{ORDERS[key]}")
        assert (own.text, own.review) == (term, Review.OFFICIAL), (key, language)
        compared += 1
    assert compared == 10


def test_easy_japanese_says_the_cabinet_offices_own_sentences():
    for row in rows():
        if row["key"] in ORDERS:
            own = phrase("ja-Hira", f"office.action.{ORDERS[row['key']]}")
            assert (own.text.removesuffix("。"), own.review) == (row["easy_ja"], Review.OFFICIAL)


def test_no_phrase_is_official_that_no_table_at_hand_gives():
    known = {term for row in rows() for term in row.values()}
    for language in ("zh-Hans", "zh-Hant", "ko", "vi"):
        for key, own in WORDING.tables[language].phrases.items():
            if own.review is Review.OFFICIAL and not key.startswith("kind.earthquake."):
                assert own.text in known, (language, key)
