"""OGC API - Features, read with the client of OWSLib, and what Part 1: Core asks for that no client shows."""

from dataclasses import replace

import pytest
from owslib.ogcapi.features import Features
from shapely.geometry import shape

from api.app import create_app

CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"


@pytest.fixture
def service(client):
    return Features(f"{client.base_url}/v1/ogc/")


def every(client, address):
    """All features of a collection, page by page as its links say."""
    found = []
    while address:
        page = client.get(address).json()
        assert page["numberReturned"] == len(page["features"])
        found += page["features"]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return found


def test_a_client_finds_its_way_from_the_landing_page(service, client):
    assert CORE in service.conformance()["conformsTo"]
    assert service.feature_collections() == ["shelters", "districts"]
    for link in service.links:
        assert client.get(link["href"]).status_code == 200, link
    described = service.collection("shelters")
    assert described["attribution"] == ["国土地理院 指定緊急避難場所・指定避難所データを加工して作成"]
    (box,) = described["extent"]["spatial"]["bbox"]
    assert box[0] < box[2]
    assert box[1] < box[3]


def test_a_client_reads_items_by_box_and_one_by_its_id(service, pack):
    hojo = next(site for site in pack.sites if "北条小" in site.name and site.hazards)
    east, north = hojo.longitude, hojo.latitude
    found = service.collection_items("shelters", bbox=[east - 1e-4, north - 1e-4, east + 1e-4, north + 1e-4])
    assert [feature["id"] for feature in found["features"]] == [hojo.id]
    one = service.collection_item("shelters", hojo.id)
    assert (one["properties"]["name"], one["geometry"]["coordinates"]) == (hojo.name, [east, north])
    assert "landslide" not in one["properties"]["hazards"]


@pytest.mark.parametrize(("collection", "count"), [("shelters", 72), ("districts", 124)])
@pytest.mark.parametrize("limit", [7, 100, 1000])
def test_page_by_page_everything_comes_once(client, collection, count, limit):
    found = every(client, f"/v1/ogc/collections/{collection}/items?limit={limit}")
    ids = [feature["id"] for feature in found]
    assert len(ids) == len(set(ids)) == count
    assert ids == sorted(ids)


def test_a_page_says_how_many_there_are_and_who_may_be_thanked(client):
    answer = client.get("/v1/ogc/collections/districts/items?limit=5&bbox=135.6,34.7,135.62,34.71")
    page = answer.json()
    assert answer.headers["content-type"] == "application/geo+json"
    assert page["type"] == "FeatureCollection"
    assert page["numberMatched"] > page["numberReturned"] == 5
    assert page["attribution"]
    assert (page["stale"], page["drill"]) == (False, False)
    assert client.get("/v1/drill/ogc/collections/districts/items?limit=1").json()["drill"] is True


@pytest.mark.parametrize(
    ("box", "count"),
    [
        ("-180,-90,180,90", 124),
        ("135,34,0,136,35,100", 124),
        ("170,-90,-170,90", 0),
        ("135,-90,134,90", 124),
        ("0,0,1,1", 0),
        ("1.35e2,3.4e1,%2B136.0,35.", 124),
    ],
)
def test_a_box_may_have_heights_and_cross_the_date_line(client, box, count):
    page = client.get(f"/v1/ogc/collections/districts/items?limit=1000&bbox={box}").json()
    assert page["numberMatched"] == count


def test_more_than_the_most_gives_the_most(client):
    assert client.get("/v1/ogc/collections/shelters/items?limit=99999999999999").json()["numberReturned"] == 72


@pytest.mark.parametrize("moment", ["2026-11-23T00:00:00Z", "2026-11-23T00:00:00+09:00/..", "../2026-11-23T00:00:00Z"])
def test_what_has_no_time_of_its_own_is_chosen_at_any(client, moment):
    page = client.get("/v1/ogc/collections/shelters/items", params={"datetime": moment}).json()
    assert page["numberMatched"] == 72


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=１０", "limit"),
        ("limit=", "limit"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,2,3,nan", "bbox"),
        ("bbox=135,35,136,34", "bbox"),
        ("bbox=1e999,0,1,1", "bbox"),
        ("datetime=yesterday", "datetime"),
        ("f=html", "f"),
        ("offset=5", "offset"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused_by_name(client, query, field):
    """400 where the rest of the API says 422: the standard wants it (7.15, req/core/query-param-invalid)."""
    answer = client.get(f"/v1/ogc/collections/shelters/items?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == [f"query.{field}"]


@pytest.mark.parametrize("path", ["atlantis", "atlantis/items", "shelters/items/atlantis", "shelters/items/../x"])
def test_what_there_is_not_is_not_found(client, path):
    assert client.get(f"/v1/ogc/collections/{path}").status_code == 404


def test_who_holds_a_page_gets_304(client):
    etag = client.get("/v1/ogc/collections/shelters/items").headers["etag"]
    answer = client.get("/v1/ogc/collections/shelters/items", headers={"If-None-Match": etag})
    assert answer.status_code == 304


def test_what_the_office_reports_is_on_the_map(client, eventually):
    opened = {"facility": "E2721800042", "version": 0, "state": "open", "occupancy": 3}
    client.post("/v1/office/shelters/reports", json={"reports": [opened]})
    address = "/v1/ogc/collections/shelters/items/E2721800042201"
    eventually(lambda: client.get(address).json()["properties"]["opening"])
    assert client.get(address).json()["properties"]["opening"]["state"] == "open"


def test_r30_places_are_on_the_map_without_the_database(client, live, eventually):
    live.lose_database()
    eventually(lambda: client.get("/v1/ogc/collections/shelters/items").json()["stale"])
    assert client.get("/v1/ogc/collections/shelters/items").json()["numberMatched"] == 72


def test_every_ring_runs_as_geojson_wants_it(client):
    """RFC 7946 §3.1.6: outlines counter-clockwise."""
    for feature in every(client, "/v1/ogc/collections/districts/items"):
        found = shape(feature["geometry"])
        assert all(part.exterior.is_ccw for part in getattr(found, "geoms", [found])), feature["id"]


def test_links_begin_with_the_address_that_the_city_publishes(live, drill, serve):
    public = "https://bosai.example.jp/api"
    app = create_app(
        {name: replace(one.services, public_url=public) for name, one in (("live", live), ("drill", drill))}
    )
    client = serve(app)
    page = client.get("/v1/drill/ogc/collections/districts/items?limit=1").json()
    assert {link["href"].split("/v1/")[0] for link in page["links"]} == {public}
    assert f'href="{public}/v1/alerts.atom"' in client.get("/v1/alerts.atom").text


def test_the_links_of_who_asked_under_another_name_are_nobody_elses(client):
    strange = client.get("/v1/ogc", headers={"Host": "evil.example"})
    assert "evil.example" in strange.text
    assert strange.headers["cache-control"] == "no-store"
    assert "evil.example" not in client.get("/v1/ogc").text


def test_with_an_address_of_its_own_the_service_links_there_for_everybody(live, drill, serve):
    worlds = {
        name: replace(station.services, public_url="https://bosai.example")
        for name, station in (("live", live), ("drill", drill))
    }
    client = serve(create_app(worlds, look_every_seconds=0.02))
    answer = client.get("/v1/ogc", headers={"Host": "evil.example"})
    assert "https://bosai.example/v1/ogc" in answer.text
    assert "evil.example" not in answer.text
    assert answer.headers["cache-control"].startswith("public")
