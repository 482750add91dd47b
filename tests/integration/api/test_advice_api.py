"""Where to flee to from here: what phones are told, in words and lists."""

import pytest

from alerts.telegram.composition import Stated
from api.app import create_app

PATH = "/v1/shelters/advice"


@pytest.fixture
def hojo(pack):
    return next(site for site in pack.sites if "北条小" in site.name and site.hazards)


@pytest.fixture
def here(hojo):
    return {"lat": hojo.latitude, "lon": hojo.longitude}


def open_all(client, pack, prefix="/v1"):
    facilities = dict.fromkeys(site.facility for site in pack.sites)
    reports = [{"facility": facility, "version": 0, "state": "open"} for facility in facilities]
    assert client.post(f"{prefix}/office/shelters/reports", json={"reports": reports}).status_code == 200


@pytest.fixture
def warned(client, live, pack, here, eventually):
    """土砂災害警報, every place open, all feeds read."""
    live.read_feeds()
    live.send("VPWW56", Stated("09"))
    open_all(client, pack)
    eventually(lambda: client.get(PATH, params=here).json()["recommended"])


def names(items):
    return [item["site"]["name"] for item in items]


def test_the_school_that_is_not_designated_for_landslides_is_never_recommended_in_one(client, here, hojo, warned):
    found = client.get(PATH, params=here).json()
    assert (found["needs"], found["stale"], found["language"]) == (["landslide"], False, "ja")
    assert hojo.name not in names(found["recommended"]) + names(found["not_confirmed"])
    (school,) = [item for item in found["avoid"] if item["site"]["id"] == hojo.id]
    assert (school["distance_metres"], school["lacks"]) == (0, ["landslide"])
    assert school["reasons"] == [
        {
            "code": "not_designated",
            "text": "崖崩れ、土石流及び地滑りの指定緊急避難場所ではありません。この災害のときは行かないでください。",
        }
    ]
    assert "開設が確認できて満員でないところを、近い順に" in found["messages"][0]


def test_the_recommended_places_are_fit_open_and_ordered_by_distance(client, here, warned):
    found = client.get(PATH, params=here).json()["recommended"]
    distances = [item["distance_metres"] for item in found]
    assert distances == sorted(distances)
    assert all("landslide" in item["site"]["hazards"] for item in found)
    assert all(item["site"]["opening"]["state"] == "open" and item["reasons"] == [] for item in found)


def test_a_district_may_be_named_instead_of_a_point(client, warned):
    found = client.get(PATH, params={"district": "27218-hojo-6"}).json()
    assert found["recommended"]
    assert found["messages"][-1] == "距離は北条六丁目の中心付近から測っています。"


def test_a_full_place_is_left_and_the_next_one_is_named(client, here, warned, eventually):
    first = client.get(PATH, params=here).json()["recommended"][0]["site"]
    said = {"facility": first["facility"], "version": first["opening"]["version"], "state": "full"}
    client.post("/v1/office/shelters/reports", json={"reports": [said]})
    eventually(lambda: client.get(PATH, params=here).json()["recommended"][0]["site"]["id"] != first["id"])
    avoided = client.get(PATH, params=here).json()["avoid"]
    assert [item["reasons"][0]["text"] for item in avoided if item["site"]["id"] == first["id"]] == [
        "満員と報告されています。"
    ]


def test_in_english_in_english(client, here, warned):
    answer = client.get(PATH, params=here, headers={"Accept-Language": "en"})
    assert (answer.headers["content-language"], answer.json()["language"]) == ("en", "en")
    assert answer.json()["messages"][0].startswith("Emergency evacuation sites for landslide that are known to be open")


def test_without_any_report_no_door_is_promised(client, live, here, eventually):
    live.read_feeds()
    live.send("VPWW56", Stated("09"))
    eventually(lambda: client.get(PATH, params=here).json()["not_confirmed"])
    found = client.get(PATH, params=here).json()
    assert found["recommended"] == []
    assert {reason["code"] for item in found["not_confirmed"] for reason in item["reasons"]} == {"not_reported"}
    assert "開設が確認できているところはありません" in found["messages"][0]


def test_for_a_storm_surge_there_is_no_place_and_it_says_what_to_do(client, live, pack, here, eventually):
    live.read_feeds()
    live.send("VPWW57", Stated("08"))
    open_all(client, pack)
    eventually(lambda: client.get(PATH, params=here).json()["without_site"])
    found = client.get(PATH, params=here).json()
    assert (found["without_site"], found["recommended"], found["not_confirmed"]) == (["storm_surge"], [], [])
    assert "高潮の指定緊急避難場所はありません" in found["messages"][0]
    assert "高い階へ早めに移動" in found["messages"][0]


def test_a_tsunami_is_asked_for_and_has_no_place(client, live, here, eventually):
    live.read_feeds()
    eventually(lambda: not client.get(PATH, params=here).json()["stale"])
    found = client.get(PATH, params=here | {"hazard": "tsunami"}).json()
    assert found["recommended"] == []
    assert "３階以上" in found["messages"][0]


def test_calm_is_said_only_when_it_is_known(client, live, here, eventually):
    stale = client.get(PATH, params=here).json()
    assert stale["stale"] is True
    assert not any("いま発表されていません" in message for message in stale["messages"])
    live.read_feeds()
    eventually(lambda: not client.get(PATH, params=here).json()["stale"])
    calm = client.get(PATH, params=here).json()
    assert "いま発表されていません" in calm["messages"][0]
    assert calm["recommended"] == calm["not_confirmed"] == calm["avoid"] == []


def test_a_point_outside_the_city_is_told_so(client, warned):
    found = client.get(PATH, params={"lat": 34.69, "lon": 135.50}).json()
    assert any("の外の地点です" in message for message in found["messages"])


def test_r1_in_a_drill_every_sentence_is_marked(client, drill, pack, here, eventually):
    drill.send("VPWW56", Stated("09"))
    open_all(client, pack, "/v1/drill")
    path = "/v1/drill/shelters/advice"
    eventually(lambda: client.get(path, params=here).json()["recommended"])
    found = client.get(path, params=here).json()
    texts = [*found["messages"], *(reason["text"] for item in found["avoid"] for reason in item["reasons"])]
    assert texts
    assert all(text.startswith("【訓練】") for text in texts)
    assert client.get(PATH, params=here).json()["needs"] == []


def test_r30_without_any_database_it_says_that_it_does_not_know(live, drill, serve, here):
    live.lose_database()
    client = serve(create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02))
    found = client.get(PATH, params=here).json()
    assert (found["situation_known"], found["stale"], found["recommended"]) == (False, True, [])
    assert "確認できません" in found["messages"][0]
    asked = client.get(PATH, params=here | {"hazard": "landslide"}).json()
    assert asked["not_confirmed"]


def test_with_feeds_never_read_it_does_not_claim_to_know(client, live, pack, here, eventually):
    open_all(client, pack)
    before = client.get(PATH, params=here).json()
    assert (before["as_of"], before["situation_known"], before["in_force"]) == (None, False, [])
    assert "確認できません" in before["messages"][0]
    live.read_feeds()
    eventually(lambda: client.get(PATH, params=here).json()["situation_known"])
    assert not any("確認できません" in said for said in client.get(PATH, params=here).json()["messages"])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "query.lat"),
        ({"lat": 34.7}, "query.lon"),
        ({"district": "27218-atlantis"}, "query.district"),
        ({"lat": 34.7, "lon": 135.6, "district": "27218-hojo-6"}, "query.district"),
        ({"lat": 135.6, "lon": 34.7}, "query.lat"),
        ({"lat": "nan", "lon": 135.6}, "query.lat"),
    ],
)
def test_a_question_without_one_place_is_refused(unchanged, query, field):
    answer = unchanged.get(PATH, params=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_no_cache_on_the_way_may_keep_where_somebody_is(unchanged, here):
    assert unchanged.get(PATH, params=here).headers["cache-control"] == "no-store"
