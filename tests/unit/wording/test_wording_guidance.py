"""Advice about places of refuge in every language: whole, in its own script, and marked in a drill."""

from datetime import UTC, datetime

from alerts.shelter.advice import Advice, Judged, Reason
from alerts.shelter.needs import Needs
from alerts.shelter.site import SITE_HAZARDS, Site, SiteKind
from alerts.situation import HazardState
from alerts.wording.guidance import Ground, Guide
from alerts.wording.places import Place, city_name
from alerts.wording.proof import SAMPLE_CITY
from alerts.wording.script import script_problem

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
KNOWN = Ground(situation_known=True, openings_known=True, stale=False, outside=False)
SITE = Site("99201-1", SiteKind.EMERGENCY_SITE, "99201-1", "公園", "町", 34.7, 135.6, (), False, None, None)
STORM = HazardState("c", "storm", "u", "05", None, 3, "暴風警報", (), NOW, NOW, "t", "a")
GROUNDS = (
    KNOWN,
    Ground(situation_known=False, openings_known=False, stale=True, outside=True),
    Ground(
        situation_known=True,
        openings_known=True,
        stale=True,
        outside=False,
        district=Place("中央", "チュウオウ", "Chuo"),
    ),
)


def judged(*reasons, lacks=()):
    return Judged(SITE, None, 100.0, reasons, tuple(lacks), ())


def advices():
    every = tuple(SITE_HAZARDS)
    there, maybe = judged(), judged(Reason.NOT_REPORTED)
    yield Advice(Needs((), ()), (), (), ())
    yield Advice(Needs(every, ()), (there,), (maybe,), ())
    yield Advice(Needs(every, ()), (), (maybe,), ())
    yield Advice(Needs(every, ()), (), (), ())
    yield Advice(Needs((), every, (STORM,), (STORM,)), (), (), ())


def said_by(guide):
    for advice in advices():
        for ground in GROUNDS:
            yield from guide.messages(advice, ground)
    for reason in Reason:
        yield guide.reason(judged(reason, lacks=SITE_HAZARDS), reason)


def test_every_language_says_all_of_it_in_its_own_script(wording):
    for language, table in wording.tables.items():
        sentences = list(said_by(Guide(wording, SAMPLE_CITY, language, drill=False)))
        assert len(sentences) > 40
        names = (city_name(table, SAMPLE_CITY), SAMPLE_CITY.name, "中央（ちゅうおう）", "中央", "Chuo")
        problems = {text: found for text in sentences if (found := script_problem(table, text, names))}
        assert problems == {}, language


def test_only_the_city_s_own_words_are_orders(wording):
    for language, table in wording.tables.items():
        for text in said_by(Guide(wording, SAMPLE_CITY, language, drill=False)):
            assert not any(word in text for word in table.order_words), text


def test_r1_in_a_drill_every_sentence_is_marked_and_outside_none(wording):
    for language, table in wording.tables.items():
        mark = table.phrases["drill.mark"].text
        assert all(text.startswith(mark) for text in said_by(Guide(wording, SAMPLE_CITY, language, drill=True)))
        assert not any(mark in text for text in said_by(Guide(wording, SAMPLE_CITY, language, drill=False)))


def test_an_unknown_language_is_answered_in_one_that_we_have(wording):
    (calm,) = Guide(wording, SAMPLE_CITY, "fr", drill=False).messages(next(advices()), KNOWN)
    assert "避難" in calm or "evacuation" in calm or "にげる" in calm
