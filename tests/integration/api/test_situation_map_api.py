"""What is in force, on a map: each district with the official colour of the gravest."""

from dataclasses import replace

import pytest

from alerts.telegram.composition import Stated
from alerts.telegram.extent import Extent, SubArea

MAP = "/v1/situation.geojson"


def colours(client):
    return {feature["properties"]["colour"] for feature in client.get(MAP).json()["features"]}


def test_every_district_has_the_official_colour_of_the_gravest(client, live, eventually):
    live.read_feeds()
    assert colours(client) == {None}
    live.send("VPWW55", Stated("03"))
    live.send("VPWW56", Stated("49"))
    live.send("VPWW58", Stated("15"))
    eventually(lambda: len(client.get(MAP).json()["in_force"]) == 3)
    answer = client.get(MAP)
    assert colours(client) == {"#AA00AA"}
    assert answer.headers["content-type"] == "application/geo+json"
    document = answer.json()
    assert (document["level"], len(document["in_force"]), len(document["features"])) == (4, 3, 124)
    here = document["features"][0]["properties"]
    assert [hazard["hazard"] for hazard in here["hazards"]] == ["landslide", "heavy_rain", "storm"]
    assert here["hazards"][2] | {"alert_id": ""} == {
        "hazard": "storm",
        "alert_id": "",
        "level": None,
        "rank": 2,
        "colour": "#F2E700",
    }
    assert "出典：気象庁ホームページ（大東市の防災サービスが編集・加工）" in document["attribution"]


def test_an_earthquake_colours_nothing_by_its_intensity(client, live, eventually):
    """震度３ is no レベル３."""
    live.show("VXSE53")
    eventually(lambda: client.get(MAP).json()["in_force"])
    assert colours(client) == {None}
    here = client.get(MAP).json()["features"][0]["properties"]["hazards"][0]
    assert (here["hazard"], here["colour"]) == ("earthquake", "#FFE600")


def test_the_part_that_a_flood_forecast_names_has_its_own_level(client, live, eventually):
    live.send("VPWW56", Stated("29"))
    eventually(lambda: client.get(MAP).json()["in_force"])
    extent = Extent(sub_areas=(SubArea("赤井一丁目", 4), SubArea("赤井二丁目", 3)))
    with live.services.database.write() as uow:
        (state,) = uow.situation.in_force()
        uow.situation.put(replace(state, chain="flood", hazard="river_flood", level=4, rank=4, extent=extent))
        uow.versions.bump("situation", live.clock.now())
    eventually(lambda: len(client.get(MAP).json()["in_force"]) == 2)
    features = {feature["id"]: feature["properties"] for feature in client.get(MAP).json()["features"]}
    assert (features["27218-akai-1"]["level"], features["27218-akai-2"]["level"]) == (4, 3)
    assert features["27218-hojo-3"]["level"] == 4  # not named: the city's own, never less


def test_r30_a_map_that_may_be_old_says_so_and_still_has_every_district(client, live, eventually):
    live.read_feeds()
    live.send("VPWW56", Stated("49"))
    eventually(lambda: colours(client) == {"#AA00AA"})
    live.lose_database()
    eventually(lambda: client.get(MAP).json()["stale"])
    assert colours(client) == {"#AA00AA"}


@pytest.mark.parametrize(("language", "title"), [("ja", "大東市 レベル４土砂災害"), ("en", "Level 4 Landslide")])
def test_the_map_speaks_the_language_that_is_asked_for(client, live, eventually, language, title):
    live.send("VPWW56", Stated("49"))
    eventually(lambda: client.get(MAP).json()["in_force"])
    document = client.get(MAP, headers={"Accept-Language": language}).json()
    assert document["language"] == language
    assert document["in_force"][0]["title"].startswith(title)


def test_r1_the_map_of_a_drill_shows_nothing_real(client, live, eventually):
    live.send("VPWW56", Stated("49"))
    eventually(lambda: colours(client) == {"#AA00AA"})
    assert client.get("/v1/drill/situation.geojson").json()["in_force"] == []
