"""Whatever a revision holds, the phone shows something."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.telegram import kinds
from alerts.wording.matrix import sayable_kinds
from alerts.wording.proof import SAMPLE_CITY
from alerts.wording.render import render
from alerts.wording.tables import Wording

WORDING = Wording.load()
KNOWN = [(kind.hazard, kind.code, kind.level, kind.rank, kind.name) for kind in sayable_kinds()]
UNKNOWN = st.tuples(st.text(), st.text(), st.sampled_from([None, 2, 3, 4, 5]), st.integers(0, 9), st.text())
ANY_KIND = st.one_of(st.sampled_from(KNOWN), UNKNOWN)
SENTENCES = st.one_of(
    st.text(),
    st.sampled_from(["この地震による津波の心配はありません。", "津波警報等を発表中です。"]),
    st.from_regex(r"[０-９0-9]{1,3}日[０-９]{1,3}時から[０-９]{1,2}時まで、警戒レベル[０-９]相当"),
)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=3650)).map(
    lambda passed: datetime(2026, 1, 1, tzinfo=UTC) + passed
)
BECAUSE = st.one_of(st.none(), st.text(), st.sampled_from(["landslide_hillside", "flood_lowland"]))


@st.composite
def revisions(draw, stated=ANY_KIND):
    hazard, code, level, rank, name = draw(stated)
    issued_at = draw(INSTANTS)
    return Revision(
        alert_id="a1",
        number=draw(st.integers(1, 99)),
        change=draw(st.sampled_from(Change)),
        hazard=hazard,
        code=code,
        level=level,
        rank=rank,
        name=name,
        urgency=draw(st.sampled_from(Urgency)),
        scope=draw(st.sampled_from(Scope)),
        tiers=(*(Tier(frozenset({"d"}), draw(BECAUSE)) for _ in range(draw(st.integers(0, 2)))), Tier(None)),
        details=tuple(draw(st.lists(SENTENCES, max_size=3))),
        telegram_id=draw(st.one_of(st.none(), st.just("t"))),
        issued_at=issued_at,
        created_at=issued_at,
        expires_at=issued_at + timedelta(hours=6),
        pushed=True,
        reason="property",
    )


@given(
    revision=revisions(),
    tier=st.integers(-1, 3),
    language=st.one_of(st.text(), st.sampled_from(["ja", "en", "zh-Hant"])),
    drill=st.booleans(),
)
def test_r3_a_message_is_never_empty_and_its_title_always_fits(revision, tier, language, drill):
    message = WORDING.render(revision, tier, language, drill=drill, city=SAMPLE_CITY)
    assert message.title.strip()
    assert len(message.title) <= 40
    assert message.body.strip()
    assert message.language in WORDING.languages


@given(revision=revisions(), tier=st.integers(0, 2), language=st.sampled_from(["ja", "en"]))
def test_r1_every_drill_message_is_marked(revision, tier, language):
    message = WORDING.render(revision, tier, language, drill=True, city=SAMPLE_CITY)
    assert message.title.startswith(("【訓練】", "[DRILL]"))
    assert message.body.startswith(("【訓練】", "DRILL"))


@given(
    revision=revisions(st.sampled_from(KNOWN)),
    tier=st.integers(-1, 3),
    language=st.sampled_from(["ja", "en"]),
    drill=st.booleans(),
)
def test_r3_every_kind_is_said_by_every_language_itself_whatever_becomes_of_it(revision, tier, language, drill):
    text = render(WORDING.tables[language], revision, tier, SAMPLE_CITY, drill=drill)
    assert "{" not in text.title + text.body.replace("".join(revision.details), "")
    assert not text.title.endswith("…")


def test_the_kinds_of_the_property_are_all_that_a_notice_can_state():
    assert {(hazard, code) for hazard, code, *_ in KNOWN} == kinds.all_kinds()
    assert {level for hazard, code, level, *_ in KNOWN if (hazard, code) == ("river_flood", "53")} == {2, 3, 4, 5}
