"""R30: every read that there is, each dependency gone in turn, also right after a start; no broker runs here at all.

The reads come from the OpenAPI document: a new one is tested the day it is there.
"""

from collections.abc import Iterator

import httpx
import pytest

from alerts.telegram.composition import Stated
from api.app import create_app

ONE_OF = {  # the alert is known when it is made
    "{shelter_id}": "E2721800042201",
    "{message}": "1",
    "{collection_id}": "shelters",
    "{feature_id}": "E2721800042201",
}
NEEDS = {"/v1/shelters/advice": {"district": "27218-hojo-6"}, "/v1/districts/locate": {"lat": "34.71", "lon": "135.62"}}
ASKS_THE_DATABASE = {"/v1/outbox"}  # for people who try the service; not mounted in production
FROM_THE_PACK = ("/v1/districts", "/v1/app", "/v1/preferences", "/v1/bundle/keys")  # whatever is gone: never stale
SAYS_WHAT_THERE_IS = {"/v1/ogc", "/v1/ogc/conformance", "/v1/ogc/collections", "/v1/ogc/collections/shelters"}
OF_THE_MOMENT = {"as_of", "stale", "messages", "sources", "links", "timeStamp"}
DISPLAYS = ("VPFD51", "VPFW50", "VPFD61", "VPWP50", "VPTW60", "VPFJ51", "VXSE52")


def reads(client: httpx.Client, alert_id: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Address and parameters of every read for residents."""
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        is_public = path.startswith("/v1/") and not path.startswith(("/v1/drill/", "/v1/office/"))
        if not is_public or "security" in operations.get("get", {"security": []}) or path in ASKS_THE_DATABASE:
            continue
        address = path
        for name, value in (ONE_OF | {"{alert_id}": alert_id}).items():
            address = address.replace(name, value)
        assert "{" not in address, f"tell this test what to ask of {path}"
        yield address, NEEDS.get(path, {})


def answers(client: httpx.Client, alert_id: str) -> dict[str, httpx.Response]:
    found = {}
    for address, params in reads(client, alert_id):
        with client.stream("GET", address, params=params) as answer:
            if answer.headers.get("content-type", "").startswith("text/event-stream"):
                assert answer.status_code == 200
            else:
                answer.read()
                found[address] = answer
    assert len(found) > 12
    return found


def check_they_are_the_last_known(found: dict[str, httpx.Response], before: dict[str, httpx.Response]) -> None:
    for address, answer in found.items():
        assert answer.status_code == 200, f"{address}: {answer.text}"
        if "json" not in answer.headers["content-type"] or address in SAYS_WHAT_THERE_IS:
            continue
        told, known = answer.json(), before[address].json()
        assert told["stale"] is not address.startswith(FROM_THE_PACK), address
        assert told["as_of"], address
        said = {key: value for key, value in told.items() if key not in OF_THE_MOMENT}
        assert said == {key: known[key] for key in said}, f"{address} says something else than before"


@pytest.fixture
def start(live, drill, serve, tmp_path):
    """Starts the API, on a folder for what it knew last."""
    worlds = {"live": live.services, "drill": drill.services}
    return lambda: serve(create_app(worlds, look_every_seconds=0.02, last_known=tmp_path, bundle_secrets=[bytes(32)]))


@pytest.fixture
def warned(start, live, eventually) -> tuple[httpx.Client, str]:
    """The API of a city with a warning in force; and the alert's id."""
    client = start()
    live.read_feeds()
    live.show(*DISPLAYS)
    live.send("VPWW56", Stated("49"))
    opened = {"facility": "E2721800042", "version": 0, "state": "open", "occupancy": 3}
    client.post("/v1/office/shelters/reports", json={"reports": [opened]}).raise_for_status()
    eventually(lambda: not is_stale(client) and client.get("/v1/situation").json()["in_force"])
    eventually(lambda: client.get("/v1/shelters/E2721800042201").json()["shelter"]["opening"])
    return client, client.get("/v1/situation").json()["in_force"][0]["alert_id"]


def is_stale(client: httpx.Client) -> bool:
    answer = client.get("/v1/situation").json()
    return answer.get("stale", True)


def test_r30_no_read_fails_without_the_database_and_each_says_what_was_known_last(warned, live, eventually):
    client, alert_id = warned
    before = answers(client, alert_id)
    live.lose_database()
    eventually(lambda: is_stale(client))
    check_they_are_the_last_known(answers(client, alert_id), before)


def test_r30_nor_right_after_a_start_without_the_database(warned, start, live, eventually):
    client, alert_id = warned
    before = answers(client, alert_id)
    live.lose_database()
    eventually(lambda: is_stale(client))
    check_they_are_the_last_known(answers(start(), alert_id), before)


def test_r30_without_jma_or_workers_every_read_goes_on_and_what_comes_from_the_feeds_is_stale(warned, live, eventually):
    client, alert_id = warned
    before = answers(client, alert_id)
    live.clock.forward(minutes=6)
    eventually(lambda: is_stale(client))
    found = answers(client, alert_id)
    assert {address for address, answer in found.items() if answer.status_code != 200} == set()
    assert found["/v1/situation"].json()["in_force"] == before["/v1/situation"].json()["in_force"]


def test_r30_the_database_comes_back_after_such_a_start(warned, start, live, eventually):
    live.lose_database()
    client = start()
    assert is_stale(client)
    live.find_database()
    eventually(lambda: not is_stale(client))
    live.clock.forward(minutes=1)
    live.send("VPWW56", Stated("29", status="解除", last_code="49"))
    eventually(lambda: client.get("/v1/situation").json()["in_force"] == [])


def test_r30_a_file_that_cannot_be_read_is_no_calm(warned, start, live, tmp_path):
    live.lose_database()
    (tmp_path / "last-known-live.json").write_bytes(b"{")
    assert start().get("/v1/situation").status_code == 503


def test_r1_what_another_city_knew_last_is_not_shown(warned, start, live, tmp_path):
    live.lose_database()
    file = tmp_path / "last-known-live.json"
    file.write_text(file.read_text("utf-8").replace('"city":"27218"', '"city":"27219"', 1), "utf-8")
    assert start().get("/v1/situation").status_code == 503


def test_r20_the_file_is_readable_by_its_owner_only_and_holds_no_phone(warned, tmp_path):
    file = tmp_path / "last-known-live.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "token" not in file.read_text("utf-8")
