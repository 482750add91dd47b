"""R30: the database is lost on the worst night; what was known is still served, and says that it may be old."""

import pytest

from alerts.store.database import Database
from alerts.telegram.composition import Stated
from alerts.world import LIVE
from api.app import create_app

PHONE = {"address": {"kind": "token", "value": "a-token-of-a-phone"}, "platform": "android", "districts": []}


def is_stale(client, read: str = "situation") -> bool:
    return client.get(f"/v1/{read}").json()["stale"]


@pytest.fixture
def warned(client, live, eventually) -> str:
    """A city with a warning in force, whose feeds are read; the id of the alert."""
    live.read_feeds()
    live.send("VPWW56", Stated("49"))
    eventually(lambda: not is_stale(client) and client.get("/v1/situation").json()["in_force"])
    return client.get("/v1/situation").json()["in_force"][0]["alert_id"]


def test_r30_the_last_known_situation_is_served_as_stale(client, live, warned, eventually):
    before = client.get("/v1/situation").json()
    live.lose_database()
    eventually(lambda: is_stale(client))
    assert client.get("/v1/situation").json() == before | {"stale": True}


def test_r30_an_alert_with_its_revisions_survives_too(client, live, warned, eventually):
    live.lose_database()
    eventually(lambda: is_stale(client))
    answer = client.get(f"/v1/alerts/{warned}").json()
    assert (answer["stale"], len(answer["revisions"])) == (True, 1)


def test_r30_an_alert_that_is_not_in_memory_cannot_be_denied(client, live, warned, eventually):
    live.lose_database()
    eventually(lambda: is_stale(client))
    answer = client.get("/v1/alerts/older-than-memory")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:bosai:problem:unavailable")


def test_r30_when_the_database_is_back_the_answers_are_fresh_again(client, live, warned, eventually):
    live.lose_database()
    eventually(lambda: is_stale(client))
    live.find_database()
    eventually(lambda: not is_stale(client))
    live.clock.forward(minutes=1)
    live.send("VPWW56", Stated("29", status="解除", last_code="49"))
    eventually(lambda: client.get("/v1/situation").json()["in_force"] == [])


def test_r30_the_drill_is_not_touched_by_the_loss_of_the_live_database(client, live, warned, eventually):
    live.lose_database()
    eventually(lambda: is_stale(client))
    assert is_stale(client, "drill/situation") is False


def test_r30_a_start_without_database_serves_shelters_and_never_an_empty_situation(live, drill, serve):
    live.lose_database()
    client = serve(create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02))
    situation = client.get("/v1/situation")
    assert (situation.status_code, situation.json()["type"]) == (503, "urn:bosai:problem:unavailable")
    assert situation.headers["retry-after"]
    shelters = client.get("/v1/shelters").json()
    assert (len(shelters["emergency_sites"]), shelters["stale"]) == (20, True)
    assert len(client.get("/v1/districts").json()["districts"]) == 124
    assert "確認できていません" in client.get("/").text


def test_r30_a_database_without_tables_is_no_calm_either(live, drill, serve, tmp_path):
    object.__setattr__(live.services, "database", Database(f"sqlite:///{tmp_path / 'empty.db'}", LIVE))
    client = serve(create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02))
    assert client.get("/v1/situation").status_code == 503
    live.services.database.dispose()


def test_r30_a_registration_is_refused_with_when_to_come_back(client, live, warned, eventually):
    live.lose_database()
    eventually(lambda: is_stale(client))
    answer = client.post("/v1/devices", json=PHONE)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:bosai:problem:unavailable")
    assert answer.headers["retry-after"]


def test_r30_the_start_page_stays_and_says_that_it_may_be_old(client, live, warned, eventually):
    live.lose_database()
    eventually(lambda: is_stale(client))
    page = client.get("/")
    assert page.status_code == 200
    assert "情報が古い可能性があります" in page.text
    assert "レベル４土砂災害危険警報" in page.text
