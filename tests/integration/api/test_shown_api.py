"""What the app shows beside alerts: of the city's own areas, newest first, never of a drill in the live world."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

READS = ("forecast", "outlook", "timeline", "typhoons", "bulletins", "earthquakes")
EMPTY = {
    "forecast": {"short_term": None, "weekly": None, "overview": None},
    "outlook": {"level": None, "near": None, "later": None},
    "timeline": {"timeline": None},
    "typhoons": {"typhoons": []},
    "bulletins": {"bulletins": []},
    "earthquakes": {"alerts": [], "information": []},
}


@pytest.fixture(autouse=True)
def _second_of_july(clock):
    clock.time = datetime(2026, 7, 2, 9, tzinfo=UTC)


def read(client, name):
    return client.get(f"/v1/{name}").json()


@pytest.mark.parametrize("name", READS)
def test_before_any_telegram_there_is_nothing_and_that_is_not_called_fresh(unchanged, name):
    answer = read(unchanged, name)
    assert answer.items() >= EMPTY[name].items()
    assert (answer["as_of"], answer["stale"], answer["drill"]) == (None, True, False)


@pytest.mark.parametrize("name", READS)
def test_the_answer_is_as_old_as_the_feeds(client, live, eventually, name):
    live.read_feeds()
    eventually(lambda: read(client, name)["stale"] is False)
    assert read(client, name)["as_of"] == "2026-07-02T18:00:00+09:00"


def test_the_forecast_has_today_the_week_and_words(client, live, eventually):
    live.show("VPFD51", "VPFW50", "VPFG50")
    eventually(lambda: read(client, "forecast")["overview"])
    forecast = read(client, "forecast")
    assert forecast["short_term"]["periods"][0]["weather"] == "雨"
    assert forecast["short_term"]["periods"][0]["start"] == "2026-07-02T17:00:00+09:00"
    assert forecast["overview"]["blocks"][0]["text"].startswith("大阪府は、梅雨前線")


def test_an_outlook_has_level_1_and_leaves_the_situation_alone(client, live, eventually):
    live.show("VPFD61", "VPFW60")
    eventually(lambda: read(client, "outlook")["near"] and read(client, "outlook")["later"])
    outlook = read(client, "outlook")
    assert (outlook["level"], outlook["later"]["hazards"][0]["level"]) == (1, None)
    situation = read(client, "situation")
    assert (situation["level"], situation["in_force"]) == (None, [])
    assert read(client, "alerts")["alerts"] == []


def test_the_timeline_goes_when_its_last_period_is_over(client, live, eventually):
    live.show("VPWP50")
    eventually(lambda: read(client, "timeline")["timeline"])
    assert read(client, "timeline")["timeline"]["dangers"][0]["steps"][1]["label"] == "警戒レベル３"
    live.clock.forward(hours=6)
    eventually(lambda: read(client, "timeline")["timeline"] is None)


def test_a_typhoon_tells_how_far_it_is_and_how_likely_its_storm_comes(client, live, eventually):
    live.show("VPTW60", "VPTA50")
    eventually(
        lambda: (
            all(each["storm_probability"] for each in read(client, "typhoons")["typhoons"])
            and read(client, "typhoons")["typhoons"]
        )
    )
    (typhoon,) = read(client, "typhoons")["typhoons"]
    assert [point["distance_km"] for point in typhoon["points"]] == pytest.approx([411, 2], abs=3)
    assert [chance["percent"] for chance in typhoon["storm_probability"]["within"]] == [40, 55]


def test_bulletins_come_newest_first_and_notices_for_operators_do_not(client, live, eventually):
    live.show("VPZJ51", "VPFJ51", "VZSE40")
    eventually(lambda: len(read(client, "bulletins")["bulletins"]) == 2)
    assert [one["type"] for one in read(client, "bulletins")["bulletins"]] == ["VPFJ51", "VPZJ51"]
    assert all("配信試験" not in client.get(f"/v1/{name}").text for name in READS)


def test_an_earthquake_felt_here_stands_beside_what_jma_says_of_it(client, live, eventually):
    live.show("VXSE53", "VXSE52", "VTSE51")
    eventually(lambda: len(read(client, "earthquakes")["information"]) == 2 and read(client, "earthquakes")["alerts"])
    answer = read(client, "earthquakes")
    assert [alert["hazard"] for alert in answer["alerts"]] == ["earthquake"]
    assert [one["type"] for one in answer["information"]] == ["VTSE51", "VXSE52"]
    english = client.get("/v1/earthquakes", headers={"Accept-Language": "en"})
    assert english.headers["content-language"] == english.json()["language"] == "en"


def test_an_early_warning_that_the_city_switched_on_says_what_it_forecast(client, live, clock, eventually):
    clock.time = datetime(2026, 7, 2, 1, 1, tzinfo=UTC)
    codes = replace(live.services.pack.codes, switched_on=("VXSE43",))
    live.services = replace(live.services, pack=replace(live.services.pack, codes=codes))
    live.show("VXSE43")
    eventually(lambda: read(client, "earthquakes")["information"])
    (said,) = read(client, "earthquakes")["information"]
    assert (said["type"], said["early_warning"]["warned"], said["early_warning"]["upper"]) == ("VXSE43", True, "5-")
    assert said["early_warning"]["arrival_at"] == "2026-07-02T10:00:26+09:00"
    assert read(client, "alerts")["alerts"] == []


def test_another_storms_warning_is_no_earthquake(client, live, eventually):
    live.show("VPWW61")
    eventually(lambda: read(client, "alerts")["alerts"])
    assert read(client, "earthquakes")["alerts"] == []


def test_a_new_telegram_makes_the_held_answer_old(client, live, eventually):
    held = {"If-None-Match": client.get("/v1/bulletins").headers["etag"]}
    assert client.get("/v1/bulletins", headers=held).status_code == 304
    live.show("VPFJ51")
    eventually(lambda: client.get("/v1/bulletins", headers=held).status_code == 200)


@pytest.mark.parametrize("status", ["訓練", "試験"])
def test_r1_a_drill_is_shown_in_its_world_alone_and_marked(client, live, drill, eventually, status):
    live.show("VPFJ51", status=status)
    drill.show("VPFJ51", status=status)
    eventually(lambda: client.get("/v1/drill/bulletins").json()["bulletins"])
    (shown,) = client.get("/v1/drill/bulletins").json()["bulletins"]
    assert shown["title"] == "【訓練】大阪府気象解説情報（大雨・雷）"
    assert shown["headline"].startswith("【訓練】")
    assert read(client, "bulletins")["bulletins"] == []


def test_r30_what_is_shown_outlives_the_database_as_stale(client, live, eventually):
    live.show("VPFJ51")
    live.read_feeds()
    eventually(lambda: read(client, "bulletins")["bulletins"] and not read(client, "bulletins")["stale"])
    live.lose_database()
    eventually(lambda: read(client, "bulletins")["stale"])
    assert len(read(client, "bulletins")["bulletins"]) == 1
