"""What the phone app reads: the situation, alerts with their revisions, districts, places of refuge."""

from datetime import datetime

import pytest
from shapely.geometry import shape

from alerts.telegram.composition import Stated

LANDSLIDE = "VPWW56"
READS = ("situation", "alerts", "districts", "districts.geojson", "shelters", "shelters.geojson")
READS += ("forecast", "outlook", "timeline", "typhoons", "bulletins", "earthquakes", "preferences")


def warn(live, client, eventually, *stated: Stated) -> dict:
    """A landslide telegram comes in and reaches the readers."""
    live.send(LANDSLIDE, *stated)
    newest = live.clock.now().timestamp()

    def shown() -> bool:
        alerts = client.get("/v1/alerts").json()["alerts"]
        return bool(alerts) and datetime.fromisoformat(alerts[0]["updated_at"]).timestamp() == newest

    eventually(shown)
    return client.get("/v1/situation").json()


def test_a_calm_city_has_nothing_in_force(client, live, eventually):
    live.read_feeds()
    eventually(lambda: client.get("/v1/situation").json()["stale"] is False)
    situation = client.get("/v1/situation").json()
    assert (situation["in_force"], situation["level"]) == ([], None)
    assert situation["as_of"] == "2026-09-01T12:00:00+09:00"


def test_a_warning_shows_with_its_level_its_official_colour_and_since_when(client, live, eventually):
    situation = warn(live, client, eventually, Stated("49"))
    (hazard,) = situation["in_force"]
    assert (hazard["hazard"], hazard["code"], hazard["level"], hazard["colour"]) == ("landslide", "49", 4, "#AA00AA")
    assert hazard["name"] == "レベル４土砂災害危険警報"
    assert hazard["since"] == "2026-09-01T12:00:00+09:00"
    assert situation["level"] == 4


@pytest.mark.parametrize(
    ("code", "colour"), [("39", "#0C000C"), ("49", "#AA00AA"), ("09", "#FF2800"), ("29", "#F2E700")]
)
def test_every_level_has_its_official_colour(client, live, eventually, code, colour):
    assert warn(live, client, eventually, Stated(code))["in_force"][0]["colour"] == colour


def test_an_earthquake_has_the_colour_of_its_intensity_and_no_level_s(client, live, eventually):
    """震度５弱 is no レベル５: neither its black, nor 特別警報 on the start page."""
    live.show("VXSE53")
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    (hazard,) = client.get("/v1/situation").json()["in_force"]
    assert (hazard["hazard"], hazard["code"], hazard["level"], hazard["colour"]) == (
        "earthquake",
        "5-",
        None,
        "#FFE600",
    )
    page = client.get("/").text
    assert '<span class="word">情報</span>' in page
    assert "特別警報" not in page
    assert "hazard shade0" in page


def test_a_raise_goes_on_with_the_same_alert_and_an_end_leaves_the_alert_in_the_history(client, live, eventually):
    first = warn(live, client, eventually, Stated("09"))["in_force"][0]
    live.clock.forward(minutes=10)
    raised = warn(live, client, eventually, Stated("49", last_code="09"))["in_force"][0]
    assert raised["alert_id"] == first["alert_id"]
    assert (first["since"], raised["since"]) == ("2026-09-01T12:00:00+09:00", "2026-09-01T12:10:00+09:00")
    live.clock.forward(minutes=10)
    assert warn(live, client, eventually, Stated("29", status="解除", last_code="49"))["in_force"] == []
    (alert,) = client.get("/v1/alerts").json()["alerts"]
    assert (alert["state"], alert["change"], alert["revision"]) == ("ended", "end", 3)
    assert alert["since"] == "2026-09-01T12:00:00+09:00"


def test_an_alert_tells_all_its_revisions_and_who_was_told_first_and_why(client, live, eventually):
    alert_id = warn(live, client, eventually, Stated("09"))["in_force"][0]["alert_id"]
    live.clock.forward(minutes=10)
    warn(live, client, eventually, Stated("49", last_code="09"))
    answer = client.get(f"/v1/alerts/{alert_id}").json()
    assert [(one["number"], one["change"]) for one in answer["revisions"]] == [(1, "issue"), (2, "raise")]
    latest = answer["revisions"][-1]
    assert (latest["pushed"], latest["urgency"]) == (True, "critical")
    assert latest["texts"][0]["districts"], "the most exposed districts are named first"
    assert latest["texts"][0]["because"]
    assert latest["texts"][-1]["districts"] is None


def test_r22_every_revision_says_until_when_it_may_be_pushed(client, live, eventually):
    alert_id = warn(live, client, eventually, Stated("49"))["in_force"][0]["alert_id"]
    (revision,) = client.get(f"/v1/alerts/{alert_id}").json()["revisions"]
    issued, expires = (datetime.fromisoformat(revision[name]) for name in ("issued_at", "expires_at"))
    assert expires - issued == live.services.pack.policy.push_lifetime("landslide")


def test_an_alert_that_memory_does_not_hold_comes_from_the_database(client, live, eventually, monkeypatch):
    monkeypatch.setattr("alerts.service.queries.RECENT_ALERTS", 1)
    first = warn(live, client, eventually, Stated("29"))["in_force"][0]["alert_id"]
    live.clock.forward(minutes=1)
    warn(live, client, eventually, Stated("29", status="解除", last_code="29"))
    live.clock.forward(minutes=1)
    live.send("VPWW61", Stated("14"))
    eventually(lambda: [one["hazard"] for one in client.get("/v1/alerts").json()["alerts"]] == ["thunder"])
    assert client.get(f"/v1/alerts/{first}").json()["alert"]["state"] == "ended"


def test_an_unknown_alert_is_a_problem(unchanged):
    answer = unchanged.get("/v1/alerts/no-such-alert")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:bosai:problem:unknown-alert")


def test_texts_come_in_the_language_asked_for(client, live, eventually):
    warn(live, client, eventually, Stated("49"))
    japanese = client.get("/v1/situation")
    english = client.get("/v1/situation", headers={"Accept-Language": "en-GB,en;q=0.9,ja;q=0.5"})
    assert (japanese.headers["content-language"], english.headers["content-language"]) == ("ja", "en")
    assert "土砂災害" in japanese.json()["in_force"][0]["title"]
    assert "Landslide" in english.json()["in_force"][0]["title"]
    assert english.headers["vary"] == "Accept-Language, Accept-Encoding"
    assert japanese.headers["etag"] != english.headers["etag"]


def test_a_translation_says_its_language_and_brings_the_official_japanese(client, live, eventually):
    warn(live, client, eventually, Stated("49"))
    chosen = {"Accept-Language": "vi-VN"}
    (told,) = client.get("/v1/situation", headers=chosen).json()["in_force"]
    japanese = client.get("/v1/situation").json()["in_force"][0]
    detail = client.get(f"/v1/alerts/{told['alert_id']}", headers=chosen).json()
    assert (told["language"], japanese["language"], japanese["official"]) == ("vi", "ja", None)
    assert told["official"] == {"title": japanese["title"], "body": japanese["body"]}
    assert "sạt lở đất" in told["spoken"]
    assert detail["alert"]["official"] == told["official"]
    assert all("土砂災害" in text["official"]["body"] for text in detail["revisions"][0]["texts"])


@pytest.mark.parametrize("read", READS)
def test_who_holds_the_answer_gets_304(unchanged, read):
    first = unchanged.get(f"/v1/{read}")
    again = unchanged.get(f"/v1/{read}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert "stale-if-error" in first.headers["cache-control"]
    assert not first.headers["etag"].startswith("W/")


def test_a_change_makes_the_held_answer_old(client, live, eventually):
    held = {"If-None-Match": client.get("/v1/situation").headers["etag"]}
    warn(live, client, eventually, Stated("49"))
    assert client.get("/v1/situation", headers=held).status_code == 200


def test_the_answer_is_stale_once_a_feed_was_not_read_for_five_minutes(client, live, eventually):
    live.read_feeds()
    eventually(lambda: client.get("/v1/situation").json()["stale"] is False)
    live.clock.forward(minutes=5, seconds=1)
    eventually(lambda: client.get("/v1/situation").json()["stale"] is True)
    situation = client.get("/v1/situation").json()
    assert situation["as_of"] == "2026-09-01T12:00:00+09:00"
    assert all(source["stale"] for source in situation["sources"])
    live.read_feeds()
    eventually(lambda: client.get("/v1/situation").json()["stale"] is False)
    assert client.get("/v1/situation").json()["as_of"] == "2026-09-01T12:05:01+09:00"


def test_until_the_feeds_were_read_once_nobody_is_told_that_all_is_calm(unchanged):
    situation = unchanged.get("/v1/situation").json()
    assert (situation["as_of"], situation["stale"]) == (None, True)


def test_districts_come_with_layers_groups_and_how_far_to_trust_them(client, live):
    answer = client.get("/v1/districts").json()
    assert len(answer["districts"]) == 124
    groups = {group["id"]: group for group in answer["groups"]}
    sources = {source["id"] for source in answer["sources"]}
    assert {layer["source"] for layer in answer["layers"]} <= sources
    assert {layer["provenance"] for layer in answer["layers"]} <= {"official", "derived", "inferred"}
    for district in answer["districts"]:
        assert all(district["id"] in groups[group]["districts"] for group in district["groups"])
    assert answer["attribution"]


@pytest.mark.parametrize("address", ["/v1/districts.geojson", "/v1/districts?format=geojson"])
def test_districts_are_a_map_layer_too(unchanged, address):
    answer = unchanged.get(address)
    assert answer.headers["content-type"] == "application/geo+json"
    collection = answer.json()
    assert (collection["type"], len(collection["features"])) == ("FeatureCollection", 124)
    for feature in collection["features"]:
        assert shape(feature["geometry"]).is_valid
        assert feature["properties"]["id"] == feature["id"]


def test_a_format_that_there_is_not_is_refused_by_name(unchanged):
    answer = unchanged.get("/v1/districts?format=kml")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "query.format")


def test_where_to_flee_and_where_to_stay_are_two_lists(unchanged):
    answer = unchanged.get("/v1/shelters").json()
    assert (len(answer["emergency_sites"]), len(answer["shelters"])) == (20, 52)
    assert {site["kind"] for site in answer["emergency_sites"]} == {"emergency_site"}
    assert all(site["hazards"] == [] for site in answer["shelters"])
    shelters = {site["id"]: site for site in answer["shelters"]}
    both = [site for site in answer["emergency_sites"] if site["also"]]
    assert len(both) == 20
    assert all(shelters[site["also"]]["facility"] == site["facility"] for site in both)


def test_hojo_school_is_for_floods_but_not_for_landslides(unchanged):
    sites = {site["name"]: site["hazards"] for site in unchanged.get("/v1/shelters").json()["emergency_sites"]}
    (hazards,) = [hazards for name, hazards in sites.items() if "北条小" in name]
    assert "flood" in hazards
    assert "landslide" not in hazards


def test_shelters_imported_by_the_office_take_the_place_of_the_packs(client, live, eventually):
    kept = live.services.pack.sites[:3]
    with live.services.database.write() as uow:
        uow.sites.replace_all(kept, "2026-10")
        uow.versions.bump("shelters", live.clock.now())
    eventually(lambda: len(client.get("/v1/shelters").json()["emergency_sites"]) < 20)
    answer = client.get("/v1/shelters").json()
    assert {site["id"] for site in answer["emergency_sites"] + answer["shelters"]} == {site.id for site in kept}


def test_the_outbox_counts_devices_by_result_and_names_no_address(client, live):
    for number in range(3):
        address = {"kind": "token", "value": f"phone-number-{number}"}
        client.post("/v1/devices", json={"address": address, "platform": "ios", "districts": []})
    live.send(LANDSLIDE, Stated("49"))
    answer = client.get("/v1/outbox")
    sent = [message for message in answer.json()["messages"] if message["devices"]]
    assert [message["results"] for message in sent] == [{"not_sent_no_sender": 3}]
    assert "phone-number" not in answer.text


def test_the_outbox_is_never_longer_than_asked_for(client):
    assert client.get("/v1/outbox?limit=201").json()["errors"][0]["field"] == "query.limit"


def test_what_is_in_force_says_its_level_in_words_and_what_changed_last(client, live, eventually):
    warn(live, client, eventually, Stated("09"))
    live.clock.forward(minutes=10)
    (hazard,) = warn(live, client, eventually, Stated("49", last_code="09"))["in_force"]
    assert hazard["level_text"] == "警戒レベル４相当"
    assert hazard["last_change"] == {
        "kind": "raise",
        "at": "2026-09-01T12:10:00+09:00",
        "revision": 2,
        "name_before": "レベル３土砂災害警報",
        "level_before": 3,
    }
    assert hazard["valid_until"] is None, "no clock ends a warning"
    english = client.get("/v1/situation", headers={"Accept-Language": "en"}).json()["in_force"][0]
    assert english["level_text"] == "Alert Level 4 equivalent"


def test_a_level_in_words_comes_in_official_japanese_where_a_language_waits_for_its_review(client, live, eventually):
    withheld = live.services.wording.withholding(but=())
    assert {withheld.level_text(4, tag) for tag in withheld.languages} <= {
        live.services.wording.level_text(4, tag) for tag in withheld.languages
    }
    assert withheld.level_text(None, "ja") is None


def test_an_event_says_until_when_it_is_shown(client, live, eventually):
    live.clock.time = datetime.fromisoformat("2026-07-01T21:50:00+09:00")
    live.show("VXSE53")
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    (quake,) = client.get("/v1/situation").json()["in_force"]
    assert datetime.fromisoformat(quake["valid_until"]) > datetime.fromisoformat(quake["issued_at"])


def test_a_district_reads_what_it_was_told_and_every_district_reads_all_that_is_in_force(client, live, eventually):
    everybody = warn(live, client, eventually, Stated("49"))["in_force"][0]
    detail = client.get(f"/v1/alerts/{everybody['alert_id']}").json()["revisions"][-1]["texts"]
    told = {district: text["body"] for text in reversed(detail) for district in text["districts"] or ()}
    for district in live.services.pack.districts[::15]:
        (mine,) = client.get("/v1/situation", params={"district": district.id}).json()["in_force"]
        assert mine["body"] == told.get(district.id, everybody["body"])
    exposed = next(iter(told))
    assert told[exposed] != everybody["body"]
    both = client.get("/v1/situation", params={"district": [live.services.pack.districts[0].id, exposed]}).json()
    assert both["in_force"][0]["body"] in told.values()


def test_districts_that_were_told_the_same_share_one_answer(client, live, eventually):
    warn(live, client, eventually, Stated("49"))
    tags = {
        client.get("/v1/situation", params={"district": district.id}).headers["etag"]
        for district in live.services.pack.districts[::10]
    }
    assert len(tags) <= 3


def test_a_district_that_there_is_not_is_refused_by_name(unchanged):
    answer = unchanged.get("/v1/situation?district=99999-nowhere")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "query.district")
