"""R1: what happens in a drill stays in the drill."""

import pytest

from alerts.telegram.composition import Stated
from alerts.world import WorldMismatchError
from api.app import create_app

PHONE = {"address": {"kind": "token", "value": "a-token-of-a-phone"}, "platform": "android", "districts": []}
DRILL_READS = ("situation", "situation.geojson", "alerts", "districts", "districts.geojson", "shelters", "outbox")


def test_r1_a_drill_phone_is_written_to_the_drill_database_only(client, live, drill):
    assert client.post("/v1/drill/devices", json=PHONE).json()["drill"] is True
    assert (live.devices(), drill.devices()) == (0, 1)


def test_r1_a_real_phone_is_written_to_the_live_database_only(client, live, drill):
    assert client.post("/v1/devices", json=PHONE).json()["drill"] is False
    assert (live.devices(), drill.devices()) == (1, 0)


def test_r1_a_secret_of_one_world_opens_nothing_in_the_other(client):
    secret = client.post("/v1/drill/devices", json=PHONE).json()["secret"]
    me = {"Authorization": f"Bearer {secret}"}
    assert client.get("/v1/drill/devices/me", headers=me).status_code == 200
    assert client.get("/v1/devices/me", headers=me).status_code == 401
    assert client.delete("/v1/devices/me", headers=me).status_code == 401


def test_r1_a_drill_never_shows_in_the_live_answers(client, drill, eventually):
    client.post("/v1/drill/devices", json=PHONE)
    drill.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/drill/situation").json()["in_force"])
    assert client.get("/v1/situation").json()["in_force"] == []
    assert client.get("/v1/situation", params={"district": "27218-hojo-6"}).json()["in_force"] == []
    assert client.get("/v1/alerts").json()["alerts"] == []
    assert client.get("/v1/outbox").json()["messages"] == []
    (alert,) = client.get("/v1/drill/alerts").json()["alerts"]
    assert client.get(f"/v1/alerts/{alert['id']}").status_code == 404


def test_r1_a_live_warning_never_shows_in_the_drill(client, live, eventually):
    live.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    assert client.get("/v1/drill/situation").json()["in_force"] == []


@pytest.mark.parametrize("read", DRILL_READS)
def test_r1_every_answer_of_a_drill_says_so(client, read):
    assert client.get(f"/v1/drill/{read}").json()["drill"] is True
    assert client.get(f"/v1/{read}").json()["drill"] is False


def test_r1_every_text_of_a_drill_is_marked(client, drill, eventually):
    client.post("/v1/drill/devices", json=PHONE)
    drill.send("VPWW55", Stated("43", sentence="１日昼過ぎまで続く見込み"))
    eventually(lambda: client.get("/v1/drill/situation").json()["in_force"])
    (hazard,) = client.get("/v1/drill/situation").json()["in_force"]
    detail = client.get(f"/v1/drill/alerts/{hazard['alert_id']}").json()
    (revision,) = detail["revisions"]
    (sent,) = [message for message in client.get("/v1/drill/outbox").json()["messages"] if message["devices"]]
    texts = [hazard["name"], hazard["title"], hazard["body"], *hazard["details"], sent["title"], sent["body"]]
    texts += [revision["name"], *revision["details"]] + [text["title"] for text in revision["texts"]]
    texts += [detail["alert"]["name"], detail["alert"]["title"], detail["alert"]["body"]]
    assert all(text.startswith("【訓練】") for text in texts), texts


def test_r1_the_credit_of_a_drill_does_not_name_jma_as_its_source(client):
    assert "気象庁の発表ではありません" in client.get("/v1/drill/situation").json()["attribution"][0]
    assert client.get("/v1/situation").json()["attribution"][0].startswith("出典：気象庁")


@pytest.mark.parametrize(("first", "second"), [("live", "live"), ("drill", "drill"), ("drill", "live")])
def test_r1_confused_worlds_make_no_application(live, drill, first, second):
    stations = {"live": live.services, "drill": drill.services}
    with pytest.raises(WorldMismatchError):
        create_app({"live": stations[first], "drill": stations[second]})


def test_what_was_sent_to_residents_is_not_published_in_production(production):
    assert production.get("/v1/outbox").status_code == 404
    assert production.get("/v1/drill/outbox").status_code == 200
