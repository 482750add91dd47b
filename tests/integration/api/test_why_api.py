"""A phone asks why with its secret, the office on its own machine; each in its own world (issue 4, R1)."""

import pytest

from alerts.telegram.composition import Stated


@pytest.fixture
def alert(live, client, eventually):
    """A landslide warning of level 4 after one phone registered; its id, and the phone's header."""
    wanted = {"address": {"kind": "token", "value": "phone-0001"}, "platform": "ios", "districts": []}
    secret = client.post("/v1/devices", json=wanted | {"language": "en"}).json()["secret"]
    live.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/alerts").json()["alerts"])
    return client.get("/v1/alerts").json()["alerts"][0]["id"], {"Authorization": f"Bearer {secret}"}


def test_a_phone_hears_in_its_own_language_what_decided(client, alert):
    alert_id, owner = alert
    answer = client.get(f"/v1/devices/me/alerts/{alert_id}/why", headers=owner | {"Accept-Language": "ja"})
    assert answer.headers["cache-control"] == "no-store"
    why = answer.json()
    assert (why["language"], why["decision"], why["told"]) == ("en", "no_sender", False)
    assert why["sentence"].startswith("The notice “")
    (revision,) = why["revisions"]
    assert revision["telegram"]["type"] == "VPWW56"
    assert revision["results"] == {"not_sent_no_sender": 1}


def test_without_the_secret_nobody_hears_anything(client, alert):
    answer = client.get(f"/v1/devices/me/alerts/{alert[0]}/why")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:bosai:problem:unauthenticated")


def test_r1_a_phone_of_the_live_world_is_nobody_in_the_drill(client, alert):
    assert client.get(f"/v1/drill/devices/me/alerts/{alert[0]}/why", headers=alert[1]).status_code == 401


def test_an_unknown_alert_says_where_the_other_worlds_alerts_are(client, alert):
    answer = client.get("/v1/devices/me/alerts/a0/why", headers=alert[1])
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:bosai:problem:unknown-alert")
    assert "/v1/drill" in answer.json()["detail"]


def test_the_office_asks_by_district(client, live, alert):
    hillside = live.services.pack.groups["hazard_zone:mountain"].districts[0]
    answer = client.get(f"/v1/office/alerts/{alert[0]}/why", params={"district": hillside})
    why = answer.json()
    assert (why["language"], why["decision"], why["revisions"][0]["tier"]) == ("ja", "district_first", 0)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "field"), [({"district": "atlantis"}, "query.district"), ({}, "query.district")], ids=["unknown", "none"]
)
def test_a_district_that_the_city_does_not_have_is_named(client, alert, query, field):
    answer = client.get(f"/v1/office/alerts/{alert[0]}/why", params=query)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [field])


def test_the_office_s_address_is_on_this_machine_and_in_production_needs_a_login(client, production, alert):
    address = f"/v1/office/alerts/{alert[0]}/why?district=27218-hojo-3"
    assert client.get(address, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    assert production.get(address).status_code == 401
