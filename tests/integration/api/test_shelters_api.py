"""Places of refuge as phones read them: whole, by district, box and hazard, one; and what the office reports."""

import csv
import io
import re
from urllib.parse import unquote

import pytest

from api.residents.shelters import Choice
from api.residents.snapshot import Snapshot

REPORTS = "/v1/office/shelters/reports"


@pytest.fixture
def hojo(pack):
    return next(site for site in pack.sites if "北条小" in site.name and site.hazards)


def ids(answer):
    document = answer.json()
    return {site["id"] for site in (*document["emergency_sites"], *document["shelters"])}


def report(client, prefix="/v1", **said):
    return client.post(f"{prefix}/office/shelters/reports", json={"reports": [said]})


def test_by_district_come_the_places_that_stand_in_it_and_near_it(unchanged, hojo):
    found = unchanged.get("/v1/shelters", params={"district": "27218-hojo-6"})
    assert hojo.id in ids(found)
    assert 0 < len(ids(found)) < 20
    by_group = ids(unchanged.get("/v1/shelters", params={"district": "elementary:hojo"}))
    assert hojo.id in by_group


def test_by_box_come_the_places_within_it(unchanged, hojo):
    east, north = hojo.longitude, hojo.latitude
    box = f"{east - 0.0001},{north - 0.0001},{east + 0.0001},{north + 0.0001}"
    assert ids(unchanged.get("/v1/shelters", params={"bbox": box})) == {hojo.id}


def test_by_hazard_come_the_emergency_sites_designated_for_it(unchanged, hojo):
    found = unchanged.get("/v1/shelters", params={"hazard": "landslide"}).json()
    assert (len(found["emergency_sites"]), found["shelters"]) == (19, [])
    assert hojo.id not in {site["id"] for site in found["emergency_sites"]}


def test_each_choice_has_its_own_answer_made_once(live):
    answers = Snapshot(live.services).answers
    everywhere, some = Choice(None, None, None), frozenset({"27218-hojo-6"})
    choices = [everywhere, Choice(some, None, None), Choice(None, None, "flood"), Choice(some, None, "flood")]
    first = [answers.shelters(form, one, one.name) for one in choices for form in ("json", "geojson")]
    assert len({each.body for each in first}) == len(first)
    assert first == [answers.shelters(form, one, one.name) for one in choices for form in ("json", "geojson")]
    assert Choice(frozenset(), None, "flood").name != Choice(None, None, "flood").name
    assert Choice(None, (135.6, 34.7, 135.7, 34.8), None).name is None  # there is no end of boxes


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"district": "27218-atlantis"}, "query.district"),
        ({"bbox": "135.6,34.7"}, "query.bbox"),
        ({"bbox": "135.7,34.7,135.6,34.8"}, "query.bbox"),
        ({"bbox": "nan,34.7,135.6,34.8"}, "query.bbox"),
        ({"bbox": ""}, "query.bbox"),
        ({"hazard": "meteorite"}, "query.hazard"),
        ({"format": "xml"}, "query.format"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_name(unchanged, query, field):
    answer = unchanged.get("/v1/shelters", params=query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("path", ["/v1/shelters.geojson", "/v1/shelters?format=geojson"])
def test_a_map_gets_geojson(unchanged, hojo, path):
    answer = unchanged.get(path)
    assert answer.headers["content-type"] == "application/geo+json"
    features = {feature["id"]: feature for feature in answer.json()["features"]}
    assert len(features) == 72
    assert features[hojo.id]["geometry"] == {"type": "Point", "coordinates": [hojo.longitude, hojo.latitude]}
    assert features[hojo.id]["properties"]["name"] == hojo.name


def test_one_place_by_its_id(unchanged, hojo):
    answer = unchanged.get(f"/v1/shelters/{hojo.id}")
    assert answer.json()["shelter"]["name"] == hojo.name
    assert answer.json()["shelter"]["opening"] is None
    again = unchanged.get(f"/v1/shelters/{hojo.id}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    unknown = unchanged.get("/v1/shelters/atlantis")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:bosai:problem:unknown-shelter")


def test_the_list_as_open_data_is_the_standard_s_sheet(unchanged):
    answer = unchanged.get("/v1/shelters.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (len(rows[0]), len(rows)) == (39, 52)


def test_a_sheet_without_room_for_the_credit_says_it_in_a_header_and_where_the_licence_stands(unchanged):
    for _ in range(2):
        link = unchanged.get("/v1/shelters.csv").headers["link"]
        address, credit = re.fullmatch(r"<(.+)>; rel=\"license\"; title\*=UTF-8''(\S+)", link).groups()
        assert "国土地理院" in unquote(credit)
        document = unchanged.get(address).json()
        assert unquote(credit) == "、".join(document["attribution"])
        assert all(source["licence"] for source in document["sources"])


def test_phones_see_a_report_within_a_look(client, hojo, eventually):
    before = client.get("/v1/shelters")
    made = report(client, facility=hojo.id, version=0, state="open", occupancy=42, capacity=300, pets="屋外のみ")
    assert made.status_code == 200
    assert made.json()["openings"][0]["reporter"] == "office"
    eventually(lambda: client.get(f"/v1/shelters/{hojo.id}").json()["shelter"]["opening"])
    shelter = client.get(f"/v1/shelters/{hojo.id}").json()["shelter"]
    assert shelter["capacity"] == 300
    assert shelter["opening"] == {
        "state": "open",
        "reported_at": "2026-09-01T12:00:00+09:00",
        "reported_by": "office",
        "version": 1,
        "occupancy": {"people": 42, "at": "2026-09-01T12:00:00+09:00"},
        "floor": None,
        "pets": "屋外のみ",
        "wheelchair": None,
        "nursing": None,
        "note": None,
    }
    stay = client.get(f"/v1/shelters/{shelter['also']}").json()["shelter"]
    assert stay["opening"] == shelter["opening"]  # one facility, one door
    assert client.get("/v1/shelters").headers["etag"] != before.headers["etag"]


def test_the_office_reads_what_holds_and_every_report(client, hojo):
    report(client, facility=hojo.facility, version=0, state="opening")
    report(client, facility=hojo.facility, version=1, state="open", occupancy=7)
    (now,) = client.get("/v1/office/shelters").json()["openings"]
    assert (now["facility"], now["version"], now["occupancy"]) == (hojo.facility, 2, 7)
    first, second = client.get(f"/v1/office/shelters/{hojo.facility}/history").json()["reports"]
    assert (first["before"], first["after"]["state"]) == (None, "opening")
    assert (second["before"], second["after"]["state"]) == (first["after"], "open")


def test_a_report_over_somebody_else_s_is_a_conflict_that_says_what_holds(client, hojo):
    report(client, facility=hojo.facility, version=0, state="open")
    late = report(client, facility=hojo.facility, version=0, state="unusable")
    assert (late.status_code, late.json()["type"]) == (409, "urn:bosai:problem:conflict")
    (error,) = late.json()["errors"]
    assert error["field"] == "body.reports.0"
    assert "it is open in version 1" in error["message"]


@pytest.mark.parametrize(
    "said",
    [
        {"version": 0, "state": "full"},
        {"version": 0, "state": "haunted"},
        {"version": 0, "state": None},
        {"version": 0, "state": "open", "occupancy": -1},
        {"version": 0, "occupancy": 3},
        {"version": -1, "state": "open"},
        {"state": "open"},
        {"version": 0, "state": "open", "pets": ""},
        {"version": 0, "state": "open", "opened": True},
    ],
)
def test_a_report_that_cannot_be_is_refused(client, hojo, said):
    assert report(client, facility=hojo.facility, **said).status_code == 422
    assert client.get("/v1/office/shelters").json()["openings"] == []


def test_no_report_at_all_and_an_unknown_place_are_refused(client):
    assert client.post(REPORTS, json={"reports": []}).status_code == 422
    assert report(client, facility="atlantis", version=0, state="open").status_code == 422


def test_r1_a_drill_s_reports_stay_in_the_drill(client, hojo, eventually):
    report(client, "/v1/drill", facility=hojo.facility, version=0, state="open")
    eventually(lambda: client.get(f"/v1/drill/shelters/{hojo.id}").json()["shelter"]["opening"])
    assert client.get("/v1/office/shelters").json()["openings"] == []
    assert client.get(f"/v1/shelters/{hojo.id}").json()["shelter"]["opening"] is None


def test_what_a_proxy_passes_on_cannot_report(client, production, hojo):
    body = {"reports": [{"facility": hojo.facility, "version": 0, "state": "open"}]}
    assert client.post(REPORTS, json=body, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    assert production.post(REPORTS, json=body).status_code == 401


def test_r30_what_was_open_is_still_told_without_the_database(client, live, hojo, eventually):
    report(client, facility=hojo.facility, version=0, state="open")
    eventually(lambda: client.get(f"/v1/shelters/{hojo.id}").json()["shelter"]["opening"])
    live.lose_database()
    eventually(lambda: client.get("/v1/shelters").json()["stale"])
    assert client.get(f"/v1/shelters/{hojo.id}").json()["shelter"]["opening"]["state"] == "open"
    assert report(client, facility=hojo.facility, version=1, state="full").status_code == 503
