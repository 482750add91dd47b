"""What a telegram or an officer writes cannot change the document: it is text, and nothing but text (R1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from alerts.alert import Change
from alerts.cap.meaning import ACTUAL, EXERCISE, SCOPES, status_of
from alerts.cap.publisher import Publisher
from alerts.cap.writing import NAMESPACE
from alerts.city.codes import CityCodes
from alerts.city.pack import load_pack
from alerts.telegram import kinds
from alerts.wording.proof import SAMPLE_CITY
from alerts.wording.tables import Wording
from alerts.world import DRILL, LIVE

INJECTED = '</headline><status>Exercise</status>&boom;<![CDATA[ "x" ]]> ]]> <!-- -->'
UNKNOWN_KIND = {"hazard": "meteorite", "code": "1"}  # so that its name, which the telegram brings, is said


@pytest.mark.parametrize("text", [INJECTED, "a\x00b\x0bc\x1f\ud800\uffff", "a\x85b\u2028c"])
def test_a_name_that_a_telegram_brings_is_only_text(live, landslide, said, written, texts, schema, text):
    document = written(live, said(landslide, name=text, **UNKNOWN_KIND))
    schema.assertValid(document)
    assert texts(document, "status") == ["Actual"]
    kept = "".join(sign for sign in text if sign.isprintable() or sign in "\x85\u2028")
    assert kept in texts(document, "event")[0]


@given(st.text(min_size=1, max_size=60))
def test_no_name_whatsoever_breaks_a_message(live, landslide, said, written, texts, schema, text):
    document = written(live, said(landslide, name=text, telegram_id=text, **UNKNOWN_KIND))
    schema.assertValid(document)
    assert len(list(document)) == len(list(written(live, said(landslide, **UNKNOWN_KIND))))


def test_r1_the_status_is_the_worlds_and_no_drill_is_public():
    assert (status_of(LIVE), status_of(DRILL)) == (ACTUAL, EXERCISE)
    assert SCOPES == {"Actual": "Public", "Exercise": "Restricted"}


def test_r1_every_text_of_a_drill_is_marked(drill, landslide, said, written, texts):
    document = written(drill, said(landslide), said(landslide, Change.RAISE, 2))
    marks = [drill.wording.tables[tag].drill_word for tag in texts(document, "language")]
    for name in ("event", "headline", "description", "instruction"):
        assert all(mark in text for mark, text in zip(marks, texts(document, name), strict=True)), name
    assert "訓練" in texts(document, "restriction")[0]
    assert "気象庁の発表ではありません" in texts(document, "note")[0]


def test_whoever_shows_it_learns_whose_facts_these_are(live, landslide, said, written, texts):
    (note,) = texts(written(live, said(landslide)), "note")
    assert "出典：気象庁ホームページ（大東市の防災サービスが編集・加工）" in note
    assert "町丁目の公式の境界ではありません" in note


def test_a_city_that_lets_no_phrase_out_says_the_official_terms_alone(pack, landslide, said, written, texts, schema):
    strict = Publisher.of(LIVE, pack, Wording.load().withholding(but=()))
    document = written(strict, said(landslide))
    schema.assertValid(document)
    assert texts(document, "language") == ["ja"]
    assert "レベル４土砂災害危険警報" in texts(document, "headline")[0]
    assert texts(document, "instruction") == []


def test_a_city_of_codes_alone_has_messages_too(tmp_path, landslide, said, written, texts, schema):
    """No domain, no districts, no shapes (contract.md, City file)."""
    (tmp_path / "city.toml").write_text(city_toml(SAMPLE_CITY), encoding="utf-8")
    bare = Publisher.of(LIVE, load_pack(tmp_path), Wording.load())
    document = written(bare, said(landslide))
    schema.assertValid(document)
    assert texts(document, "sender")[0].startswith("urn:uuid:")
    assert texts(document, "polygon") == []
    assert texts(document, "areaDesc")[0] == "架空県見本市"


def city_toml(codes: CityCodes) -> str:
    names = "\n".join(f'{key} = "{getattr(codes, key)}"' for key in ("name", "name_en", "prefecture", "code"))
    jma = ("municipality", "class15", "class10", "office", "region", "quake_region", "tsunami_region")
    return f"[city]\n{names}\n[jma]\nrivers = []\n" + "\n".join(f'{key} = "{getattr(codes, key)}"' for key in jma)


def test_every_kind_has_a_category_and_a_response(live, said, written):
    for kind in kinds.table().values():
        document = written(live, said(kind, Change.ISSUE if kind.rank else Change.END))
        info = document.find(f"{{{NAMESPACE}}}info")
        assert isinstance(info, etree._Element)
        assert info.findtext(f"{{{NAMESPACE}}}category") in {"Met", "Geo"}
        assert info.findtext(f"{{{NAMESPACE}}}responseType")
