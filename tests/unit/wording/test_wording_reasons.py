"""Every reason is said in every language: complete, in its script, and never as an order of the city (issue 4)."""

import re
from datetime import UTC, datetime

import pytest

from alerts.alert import Change
from alerts.why.ground import Ground
from alerts.why.rule import Order, RuleUsed
from alerts.wording.proof import SAMPLE_CITY, problems_of
from alerts.wording.reasons import NOTES, Reason, explained, stands_in
from alerts.wording.tables import Wording

AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
TEXTS = {"district": "北条三丁目", "place": 1, "wanted": "tlh", "spoken": "en"}
TIMES = {"at": AT, "expires": AT, "changed": AT}
LANGUAGES = Wording.load().languages


@pytest.fixture
def reason(revision):
    def build(ground, *, order=Order.RULE, telegram="VPWW56", notes=(), change=Change.ISSUE, times=TIMES):
        rule = RuleUsed(order, "landslide", 3, None)
        return Reason(revision("VPWW56", "49", change), 0, ground, rule, telegram, notes, times, TEXTS)

    return build


def say(wording, reason, language, *, drill=False):
    return explained(wording, reason, language, SAMPLE_CITY, drill=drill)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ground", Ground)
def test_every_reason_is_one_whole_sentence(wording, reason, ground, language):
    table = wording.tables[language]
    said = say(wording, reason(ground), language)
    assert said.language == language
    assert not re.search(r"[{}]|None", said.sentence)
    assert "VPWW56" in said.sentence
    assert "landslide" in said.sentence
    assert "3" in said.sentence
    assert not [word for word in table.order_words if word.casefold() in said.sentence.casefold()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_reasons_sound_the_same(wording, reason, language):
    said = {say(wording, reason(ground), language).sentence for ground in Ground}
    assert len(said) == len(Ground)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("order", Order)
def test_what_put_the_districts_in_order_is_said(wording, reason, order, language):
    sentence = say(wording, reason(Ground.ACCEPTED, order=order), language).sentence
    assert ("landslide" in sentence) == (order is Order.RULE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_say_what_is_no_longer_known(wording, reason, language):
    notes = say(wording, reason(Ground.NOT_KNOWN, notes=NOTES), language).notes
    assert len(set(notes)) == len(NOTES)
    assert not [note for note in notes if re.search(r"[{}]|None", note)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_telegram_that_is_gone_is_not_made_up(wording, reason, language):
    table = wording.tables[language]
    sentence = say(wording, reason(Ground.ACCEPTED, telegram=None), language).sentence
    assert table.phrases["why.telegram_gone"].text in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_r1_every_reason_of_a_drill_is_marked(wording, reason, language):
    table = wording.tables[language]
    for ground in Ground:
        assert table.phrases["drill.note"].text in say(wording, reason(ground), language, drill=True).sentence
        assert table.drill_word not in say(wording, reason(ground), language).sentence


def test_a_language_without_the_phrases_is_answered_in_the_next(language_files, reason):
    wording = Wording.parse({name: text for name, text in language_files.items() if name != "en/why.toml"})
    assert say(wording, reason(Ground.ACCEPTED), "en").language != "en"


@pytest.mark.parametrize("key", ["accepted = ", "district_first = ", "frame = ", "rule = ", "fallback = "])
def test_the_proof_finds_a_phrase_that_is_missing(language_files, key):
    name = "en/why.toml"
    kept = [line for line in language_files[name].splitlines() if not line.startswith(key)]
    found = problems_of(Wording.parse(language_files | {name: "\n".join(kept)}), "en")
    assert [problem for problem in found if problem.startswith("en: why.")]


def test_the_proof_finds_a_placeholder_that_nothing_fills(language_files):
    broken = language_files["en/why.toml"].replace("{expires}", "{deadline}")
    found = problems_of(Wording.parse(language_files | {"en/why.toml": broken}), "en")
    assert "en: why.expired: nothing fills the placeholder {deadline}" in found


@pytest.mark.parametrize(
    ("spoken", "language", "is_another"),
    [("en", "en", False), ("en", "en-GB", False), ("ja", "ja-JP", False), ("en", "tlh", True), ("ja", "en", True)],
)
def test_another_language_is_another_language_and_not_another_spelling(wording, spoken, language, is_another):
    assert stands_in(wording, spoken, language) is is_another
