"""What nobody should send: it is refused with a problem that says what, where and what to do, and breaks nothing.

What each route refuses for itself is proved beside the route; this is what any route could be sent.
"""

import gzip
import json
import socket
from dataclasses import replace
from datetime import datetime

import pytest

from alerts.service.propose import propose
from alerts.telegram.composition import Stated
from api.app import create_app
from api.cursor import cursor_of
from api.errors import MAX_BODY_BYTES

JSON = {"Content-Type": "application/json"}
PHONE = {"address": {"kind": "token", "value": "token-of-a-phone"}, "platform": "ios", "districts": []}
TEXT = json.dumps(PHONE)
NUL = "\0"


def refused(answer, status, told=""):
    """It is this problem, and says so."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    problem = answer.json()
    said = [problem["detail"], *(error["field"] + " " + error["message"] for error in problem["errors"])]
    assert told in " ".join(said)
    return problem


@pytest.fixture
def night(live, drill, database, serve, eventually):
    """A warned city with a proposed order, on each database; a client of it."""
    live.services = replace(live.services, database=database)
    client = serve(create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02))
    live.send("VPWW56", Stated("49"))
    propose(live.services)
    eventually(lambda: client.get("/v1/situation").json()["level"])
    return client


@pytest.fixture
def own(night):
    return {"Authorization": f"Bearer {night.post('/v1/devices', json=PHONE).json()['secret']}"}


@pytest.mark.parametrize("path", ["districts/locate", "shelters/advice"])
@pytest.mark.parametrize("lat", ["NaN", "inf", "-inf", "1e309", "91", "-0", "３４.７", "34,7", "34.7N", "0x22", ""])
def test_a_latitude_that_is_not_in_japan_is_refused_by_name(unchanged, path, lat):
    answer = unchanged.get(f"/v1/{path}", params={"lat": lat, "lon": "135.62"})
    assert answer.headers["cache-control"] == "no-store"
    refused(answer, 422, "query.lat ")


def test_of_a_point_in_the_sea_it_is_said_that_it_is_outside(unchanged):
    sea = {"lat": "33.0", "lon": "135.0"}
    found = unchanged.get("/v1/districts/locate", params=sea).json()
    assert (found["certainty"], found["districts"]) == ("outside", [])
    assert found["nearest"]["metres"] > 100_000
    advised = unchanged.get("/v1/shelters/advice", params=sea | {"hazard": "flood"}).json()
    assert any("の外の地点です" in message for message in advised["messages"])


@pytest.mark.parametrize("path", ["/v1/shelters", "/v1/ogc/collections/shelters/items"])
@pytest.mark.parametrize(
    "box",
    ["34.70,135.60,34.72,135.62", "-inf,-inf,inf,inf", "1e309,34,136,35", "１３５,34,136,35", "1_3_5,34,136,35"],
    ids=["swapped", "infinite", "too large", "full width", "underlined"],
)
def test_a_box_that_is_nowhere_is_refused_and_not_answered_with_no_place_at_all(unchanged, path, box):
    refused(unchanged.get(path, params={"bbox": box}), 400 if "ogc" in path else 422, "query.bbox ")


@pytest.mark.parametrize("path", ["alerts", "office/held", "office/proposals"])
@pytest.mark.parametrize("limit", [str(10**9), "9" * 5000, "-1", "0", "1e2", "１０", "ten", ""])
def test_a_page_of_any_other_size_is_refused_by_name(unchanged, path, limit):
    refused(unchanged.get(f"/v1/{path}", params={"limit": limit}), 422, "query.limit ")


def cursor(at: str, name: str = "alert-1", world: str = "live") -> str:
    return cursor_of((datetime.fromisoformat(at), name), world)


@pytest.mark.parametrize(
    "forged",
    [
        cursor("2026-09-01T03:00:00+00:00")[:-3],
        cursor("2026-09-01T03:00:00+00:00", world="drill"),
        cursor("2026-09-01T03:00:00"),
        cursor("0001-01-01T00:00:00+14:00"),
        cursor("9999-12-31T23:59:59-14:00"),
        cursor("2026-09-01T03:00:00+00:00", NUL),
        "MjAyNi0wOS0wMVQwMzowMDowMCswMDowMCBhbGVydC0x",
        "%FF%FE",
        "大東市",
    ],
    ids=[
        "cut",
        "of the drill",
        "no offset",
        "before all years",
        "after all years",
        "NUL",
        "forged",
        "bytes",
        "Japanese",
    ],
)
def test_a_cursor_that_no_page_ended_with_is_refused_and_not_answered_with_an_empty_page(night, forged):
    refused(night.get("/v1/alerts", params={"cursor": forged}), 422, "query.cursor ")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (TEXT.replace("ios", "大東市").encode("cp932"), "no UTF-8"),
        (TEXT.encode("utf-16"), "no UTF-8"),
        (TEXT.encode("utf-16-le"), "UTF-8"),
        (TEXT.encode() + b"\xff", "no UTF-8"),
        (gzip.compress(TEXT.encode()), "no UTF-8"),
        (TEXT.encode() + b"}", "Extra data"),
        (TEXT.replace('"platform"', '"platform": "android", "platform"').encode(), '"platform" stands twice'),
        (TEXT.replace('"kind"', '"kind": "fid", "kind"').encode(), '"kind" stands twice'),
        (TEXT.replace("[]", "NaN").encode(), "NaN is no number"),
        (TEXT.replace("[]", "-Infinity").encode(), "-Infinity is no number"),
        (TEXT.replace("[]", "9" * 5000).encode(), "digits"),
        (TEXT.replace("ios", r"\u0000").encode(), "NUL"),
        (TEXT.replace('"ios"', r'{"\u0000": 1}').encode(), "NUL"),
        (TEXT.replace("[]", r'["\u0000"]').encode(), "NUL"),
        (TEXT.replace("ios", NUL).encode(), "control character"),
        (b"[" * 8000 + b"]" * 8000, "levels"),
        (b'{"address":' * 1200 + b"1" + b"}" * 1200, "levels"),
    ],
    ids=[
        *("cp932", "UTF-16", "UTF-16 without a mark", "a byte more", "gzip", "a bracket more"),
        *("a name twice", "a name twice within", "NaN", "Infinity", "huge", "NUL", "NUL as a name", "NUL in a list"),
        *("NUL as it is", "deep lists", "deep objects"),
    ],
)
def test_a_body_that_can_be_read_in_two_ways_or_in_none_is_refused(unchanged, body, told):
    refused(unchanged.post("/v1/devices", content=body, headers=JSON), 400, told)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (r'"\ud800"', "body.platform "),
        ("9" * 4000, "body.platform "),
        ("1e400", "body.platform "),
        ("[" * 900 + "]" * 900, "body.platform "),
        (r'"ios", "\ud800": 1', "body "),
    ],
    ids=["half a character", "huge number", "too large a number", "deep", "half a character as a name"],
)
def test_a_value_that_is_none_of_ours_is_refused_by_name(unchanged, wrong, field):
    body = TEXT.replace('"ios"', wrong)
    refused(unchanged.post("/v1/devices", content=body.encode(), headers=JSON), 422, field)


def test_a_byte_order_mark_is_passed_over_and_a_backslash_before_u0000_is_no_nul(client):
    assert client.post("/v1/devices", content=TEXT.encode("utf-8-sig"), headers=JSON).status_code == 201
    body = TEXT.replace("[]", r'["\\u0000"]').encode()
    refused(client.post("/v1/devices", content=body, headers=JSON), 422, "body.districts.0 ")


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense", "/"]
)
def test_a_body_of_another_kind_is_refused(unchanged, kind):
    refused(unchanged.post("/v1/devices", content=TEXT.encode(), headers={"Content-Type": kind}), 422, "body ")


def test_every_operation_that_takes_json_refuses_a_name_that_stands_twice(client):
    """All but the simulator, which reads a telegram as well and changes nothing."""
    own = {"Authorization": f"Bearer {client.post('/v1/devices', json=PHONE).json()['secret']}"}
    paths = client.get("/openapi.json").json()["paths"]
    taking = [
        (method, path)
        for path, operations in paths.items()
        for method, operation in operations.items()
        if "requestBody" in operation and not path.endswith("/simulate") and "/drill/" not in path
    ]
    assert len(taking) >= 8
    for method, path in taking:
        assert {"400", "413", "422"} <= paths[path][method]["responses"].keys(), path
        address = path.replace("{version}", "1")
        refused(
            client.request(method, address, content=b'{"a": 1, "a": 2}', headers=JSON | own), 400, '"a" stands twice'
        )


PLACES = (
    "alerts/{}",
    "shelters/{}",
    "devices/me/alerts/{}/why",
    "office/alerts/{}/why?district=27218-hojo-6",
    "office/alerts/{}/receipts",
    "office/alerts/{}/channels",
    "office/channels/{}/replays",
    "office/shelters/{}/history",
    "ogc/collections/{}/items",
    "ogc/collections/shelters/items/{}",
)


@pytest.mark.parametrize("name", ["%00", "%ff%fe", "%ed%a0%80", "x" * 75, "'%20OR%201=1", "%F0%9F%8C%8A"])
def test_an_id_that_nothing_has_is_not_found_whatever_it_is_made_of(night, own, name):
    for place in PLACES:
        refused(night.get(f"/v1/{place.format(name)}", headers=own), 404)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("situation?district=%00", "query.district "),
        ("situation?district=%ff", "query.district "),
        ("situation?district=", "query.district "),
        ("events?district=%00", "query.district "),
        ("shelters?district=%ed%a0%80", "query.district "),
        ("shelters/advice?district=%00", "query.district "),
        ("bundle?since=%00", "query.since "),
        ("office/simulate?telegram=%00", "query.telegram "),
    ],
)
def test_a_question_for_what_there_is_not_is_refused_and_not_answered_with_nothing(night, query, field):
    refused(night.get(f"/v1/{query}"), 422, field)


def test_an_address_that_is_no_text_is_in_no_district_and_says_so(unchanged):
    for address in ("%00", "%ff%fe", "%ed%a0%80"):
        found = unchanged.get(f"/v1/districts/locate?address={address}").json()
        assert (found["certainty"], found["districts"]) == ("unknown", [])


def test_bytes_in_an_address_that_no_address_may_have_are_refused_and_the_next_is_answered(client):
    with socket.create_connection((client.base_url.host, client.base_url.port), timeout=30) as connection:
        connection.sendall(b"GET /v1/alerts/\xff\x82\xa0 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 40" in connection.recv(4096)
    assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize("year", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_in_no_year_is_refused_by_name(night, own, year):
    alert = night.get("/v1/alerts").json()["alerts"][0]["id"]
    receipt = {"alert_id": alert, "revision": 1, "event": "opened", "at": year}
    refused(night.post("/v1/devices/me/receipts", json={"receipts": [receipt]}, headers=own), 422, "receipts.0.at ")
    refused(night.post("/v1/office/channels/s1/replays", json={"since": year}), 422, "body.since ")


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_database_can_hold_changes_nothing(night, number):
    rules = {"author": "危機管理室", "note": "試し", "based_on": number}
    refused(night.post("/v1/office/rules/1/restore", json=rules), 409)
    refused(night.post(f"/v1/office/rules/{number}/restore", json=rules | {"based_on": 1}), 404)
    refused(night.get(f"/v1/office/rules/{number}"), 404)
    report = {"facility": "E2721800042", "version": number, "state": "open"}
    refused(night.post("/v1/office/shelters/reports", json={"reports": [report]}), 409)
    refused(night.post("/v1/office/channels/s1/replays", json={"after": number}), 422, "body.after ")


def test_the_history_of_a_place_is_found_by_the_id_of_its_site_too(client):
    report = {"facility": "E2721800042", "version": 0, "state": "open"}
    client.post("/v1/office/shelters/reports", json={"reports": [report]})
    for name in ("E2721800042", "E2721800042201"):
        assert len(client.get(f"/v1/office/shelters/{name}/history").json()["reports"]) == 1
    assert client.get("/v1/office/shelters/E2721800001/history").json()["reports"] == []


def secrets_of_nobody(client) -> dict[str, str]:
    """Secrets that were good, that are good elsewhere, and that were made of a good one."""
    phone = PHONE | {"address": {"kind": "fid", "value": "installation-1"}}
    left, old, good = (
        client.post("/v1/devices", json=phone | {"address": {"kind": "fid", "value": f"installation-{number}"}}).json()
        for number in range(3)
    )
    client.delete("/v1/devices/me", headers={"Authorization": f"Bearer {left['secret']}"})
    client.post("/v1/devices/me/secret", headers={"Authorization": f"Bearer {old['secret']}"})
    secret = good["secret"]
    drill = client.post("/v1/drill/devices", json=phone).json()["secret"]
    return {
        "of a phone that left": left["secret"],
        "rotated out": old["secret"],
        "of the drill": drill,
        "truncated": secret[:-1],
        "with one more": secret + "A",
        "in other letters": secret.swapcase(),
        "id instead": good["id"],
        "twice": f"{secret} {secret}",
        "in quotes": f'"{secret}"',
        "padded": f"{secret}=",
        "a long one": "x" * 7000,
        "SQL": "' OR ''='",
    }


def test_a_secret_of_nobody_opens_nothing_and_says_the_same_of_all(client, live):
    phones = {}
    for name, secret in secrets_of_nobody(client).items():
        headers = {"Authorization": f"Bearer {secret}"}
        before = live.devices()
        for method, path in (("GET", "me"), ("PATCH", "me"), ("DELETE", "me"), ("GET", "me/follows")):
            answer = client.request(method, f"/v1/devices/{path}", headers=headers, json={})
            phones[name, method, path] = refused(answer, 401, "register again")
            assert answer.headers["www-authenticate"] == "Bearer"
        assert live.devices() == before == 2
    assert all(problem == phones["truncated", "GET", "me"] for problem in phones.values())


@pytest.mark.parametrize("header", [b"Bearer \xe9\xff", b"Basic eDp5", b"Bearer", b"bearer\x09x", b"\xe5\xa4\xa7"])
def test_a_header_that_shows_no_secret_opens_nothing(unchanged, header):
    refused(unchanged.get("/v1/devices/me", headers={"Authorization": header}), 401)


@pytest.mark.parametrize("path", ["/v1/devices", "/v1/office/shelters/reports", "/v1/office/rules/preview"])
def test_a_body_over_the_limit_is_refused_however_its_length_is_told(unchanged, path):
    raw = b" " * MAX_BODY_BYTES + b"{}"
    for content in (raw, (raw[start : start + 1000] for start in range(0, len(raw), 1000))):
        refused(unchanged.post(path, content=content, headers=JSON), 413, str(MAX_BODY_BYTES))


def test_a_length_that_is_a_lie_is_not_waited_for(unchanged):
    """What was told to come is refused at the first bytes too many, and the connection is closed."""
    with socket.create_connection((unchanged.base_url.host, unchanged.base_url.port), timeout=30) as connection:
        head = b"POST /v1/devices HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        head += b"Content-Length: 99999999\r\n\r\n"
        connection.sendall(head + b" " * (MAX_BODY_BYTES + 1))
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"urn:bosai:problem:too-large" in answer
