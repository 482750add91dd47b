"""A place becomes districts, for a phone that registers; the place itself is not kept."""

import pytest

PATH = "/v1/districts/locate"


@pytest.mark.parametrize("prefix", ["/v1", "/v1/drill"])
def test_a_point_well_inside_gives_its_district(unchanged, pack, prefix):
    town = next(district for district in pack.districts if district.id == "27218-oaza-tatsuma")
    answer = unchanged.get(f"{prefix}/districts/locate", params={"lat": town.latitude, "lon": town.longitude})
    assert answer.status_code == 200
    assert answer.json()["certainty"] == "exact"
    assert [district["id"] for district in answer.json()["districts"]] == [town.id]
    assert answer.json()["nearest"] is None
    assert answer.json()["drill"] is (prefix == "/v1/drill")


def test_a_point_near_an_edge_gives_both_sides_with_their_groups(unchanged):
    found = unchanged.get(PATH, params={"lat": 34.7085, "lon": 135.6185}).json()
    assert found["certainty"] == "several"
    assert {"27218-akai-1", "27218-akai-2"} <= {district["id"] for district in found["districts"]}
    assert all("hazard_zone:lowland" in district["groups"] for district in found["districts"])


def test_a_point_outside_says_so_with_the_nearest_district(unchanged):
    found = unchanged.get(PATH, params={"lat": 34.707111, "lon": 135.596953}).json()
    assert (found["certainty"], found["districts"]) == ("outside", [])
    assert found["nearest"]["district"]["id"].startswith("27218-")
    assert 5 <= found["nearest"]["metres"] <= 25


@pytest.mark.parametrize(
    "address", ["大東市北条３－１５－１５", "〒574-0011 大阪府 大東市 北条三丁目15-15", "大東市ほうじょう3丁目"]
)
def test_an_address_gives_its_district_and_a_phone_registers_with_it(client, address):
    found = client.get(PATH, params={"address": address}).json()
    assert (found["certainty"], [district["id"] for district in found["districts"]]) == ("exact", ["27218-hojo-3"])
    phone = {"address": {"kind": "fid", "value": "installation-1"}, "platform": "ios"}
    registered = client.post("/v1/devices", json=phone | {"districts": [found["districts"][0]["id"]]})
    assert registered.json()["device"]["districts"] == ["27218-hojo-3"]


def test_a_bare_town_name_is_asked_back(unchanged):
    found = unchanged.get(PATH, params={"address": "新町13-13"}).json()
    assert (found["certainty"], [district["id"] for district in found["districts"]]) == ("confirm", ["27218-shimmachi"])


def test_no_cache_on_the_way_may_keep_where_somebody_is(unchanged):
    assert unchanged.get(PATH, params={"lat": 34.7, "lon": 135.62}).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "query.lat"),
        ({"lat": "34.7"}, "query.lon"),
        ({"lon": "135.6"}, "query.lat"),
        ({"lat": "34.7", "lon": "135.6", "address": "大東市新町1"}, "query.address"),
        ({"lat": "34.7", "address": "大東市新町1"}, "query.address"),
        ({"lat": "135.6", "lon": "34.7"}, "query.lat"),
        ({"lat": "nan", "lon": "135.6"}, "query.lat"),
        ({"lat": "34.7", "lon": "east"}, "query.lon"),
        ({"address": ""}, "query.address"),
        ({"address": "大" * 201}, "query.address"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_that_names_the_field(unchanged, query, field):
    answer = unchanged.get(PATH, params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in [error["field"] for error in answer.json()["errors"]]
