"""A phone registers without an account, changes itself, and leaves nothing behind."""

import hashlib

import httpx
import pytest

TOKEN = "cXJ5dG9rZW4:APA91b-example_token"
PHONE = {"address": {"kind": "token", "value": TOKEN}, "platform": "ios", "districts": []}
WORLDS = pytest.mark.parametrize("prefix", ["/v1", "/v1/drill"])


def register(client: httpx.Client, **changes: object) -> dict:
    answer = client.post("/v1/devices", json=PHONE | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def districts_of(live, count: int) -> list[str]:
    return [district.id for district in live.services.pack.districts[:count]]


@WORLDS
def test_a_phone_registers_and_finds_itself_by_its_secret(client, prefix):
    answer = client.post(f"{prefix}/devices", json=PHONE)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{prefix}/devices/me"
    registered = answer.json()
    found = client.get(f"{prefix}/devices/me", headers=bearer(registered["secret"])).json()
    assert found["device"] == registered["device"]
    assert found["drill"] is (prefix == "/v1/drill")


def test_what_is_left_out_has_a_quiet_default(client):
    device = register(client)["device"]
    assert (device["language"], device["normal_pushes"], device["districts"]) == ("ja", False, [])


def test_r20_neither_secret_nor_address_can_be_read_in_the_database(client, live):
    registered = register(client)
    stored = b"".join(path.read_bytes() for path in live.folder.iterdir())
    assert registered["secret"].encode() not in stored
    assert TOKEN.encode() not in stored
    assert hashlib.sha256(registered["secret"].encode()).hexdigest().encode() in stored


def test_a_secret_has_256_bits_and_is_never_told_again(client):
    registered = register(client)
    assert len(registered["secret"]) == 43  # base64url of 32 bytes
    found = client.get("/v1/devices/me", headers=bearer(registered["secret"]))
    assert registered["secret"] not in found.text
    assert TOKEN not in found.text
    assert found.headers["cache-control"] == "no-store"


def test_r15_the_same_address_again_renews_the_registration_instead_of_making_a_second(client, live):
    first = register(client)
    second = register(client, language="en", districts=districts_of(live, 1))
    assert live.devices() == 1
    assert second["id"] == first["id"]
    assert second["device"]["language"] == "en"
    assert client.get("/v1/devices/me", headers=bearer(first["secret"])).status_code == 401
    assert client.get("/v1/devices/me", headers=bearer(second["secret"])).status_code == 200


def test_a_token_and_an_installation_id_of_the_same_text_are_two_addresses(client, live):
    register(client)
    register(client, address={"kind": "fid", "value": TOKEN})
    assert live.devices() == 2


def test_a_phone_changes_only_what_it_sends(client, live):
    mine = districts_of(live, 2)
    secret = register(client, districts=mine)["secret"]
    answer = client.patch("/v1/devices/me", json={"language": "en", "normal_pushes": True}, headers=bearer(secret))
    device = answer.json()["device"]
    assert (device["language"], device["normal_pushes"]) == ("en", True)
    assert device["districts"] == sorted(mine)
    assert device["platform"] == "ios"


def test_an_empty_list_of_districts_means_the_whole_city(client, live):
    secret = register(client, districts=districts_of(live, 2))["secret"]
    answer = client.patch("/v1/devices/me", json={"districts": []}, headers=bearer(secret))
    assert answer.json()["device"]["districts"] == []


def test_a_phone_that_takes_over_an_address_takes_the_other_registration_away(client, live):
    old = register(client)
    new = register(client, address={"kind": "token", "value": "another-token-1"})
    taken = client.patch("/v1/devices/me", json={"address": PHONE["address"]}, headers=bearer(new["secret"]))
    assert taken.status_code == 200
    assert live.devices() == 1
    assert client.get("/v1/devices/me", headers=bearer(old["secret"])).status_code == 401


def test_a_new_address_makes_an_unreachable_phone_reachable(client, live):
    registered = register(client)
    with live.services.database.write() as uow:
        (row,) = uow.devices.in_range(1, 10)
        uow.devices.mark_unreachable([row.number], live.services.clock.now())
    me = bearer(registered["secret"])
    assert client.get("/v1/devices/me", headers=me).json()["device"]["reachable"] is False
    moved = client.patch("/v1/devices/me", json={"address": {"kind": "fid", "value": "fid-12345678"}}, headers=me)
    assert moved.json()["device"]["reachable"] is True
    assert moved.json()["device"]["address_kind"] == "fid"


def test_a_deleted_phone_is_gone_with_its_districts(client, live):
    me = bearer(register(client, districts=districts_of(live, 3))["secret"])
    answer = client.delete("/v1/devices/me", headers=me)
    assert (answer.status_code, answer.content) == (204, b"")
    assert live.devices() == 0
    assert client.get("/v1/devices/me", headers=me).status_code == 401


def test_districts_that_the_city_does_not_have_are_refused_by_name(client, live):
    known = districts_of(live, 1)[0]
    answer = client.post("/v1/devices", json=PHONE | {"districts": [known, "27218-atlantis"]})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "urn:bosai:problem:invalid-request")
    assert [error["field"] for error in problem["errors"]] == ["body.districts.1"]
    assert "27218-atlantis" in problem["errors"][0]["message"]
    assert live.devices() == 0


def test_a_change_to_an_unknown_district_changes_nothing(client, live):
    mine = districts_of(live, 1)
    me = bearer(register(client, districts=mine)["secret"])
    answer = client.patch("/v1/devices/me", json={"language": "en", "districts": ["nowhere"]}, headers=me)
    assert answer.status_code == 422
    device = client.get("/v1/devices/me", headers=me).json()["device"]
    assert (device["language"], device["districts"]) == ("ja", mine)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"languag": "en"}, "body.languag"),
        ({"address": {"kind": "sms", "value": TOKEN}}, "body.address.kind"),
        ({"address": {"kind": "token", "value": "x" * 1025}}, "body.address.value"),
        ({"address": {"kind": "token", "value": "short"}}, "body.address.value"),
        ({"address": {"kind": "token", "value": "with a space"}}, "body.address.value"),
        ({"address": {"kind": "token", "value": TOKEN, "more": 1}}, "body.address.more"),
        ({"platform": "windows"}, "body.platform"),
        ({"language": "日本語"}, "body.language"),
        ({"districts": "all"}, "body.districts"),
        ({"districts": ["x"] * 501}, "body.districts"),
        ({"normal_pushes": "perhaps"}, "body.normal_pushes"),
    ],
)
def test_a_field_that_is_not_valid_is_named(unchanged, change, field):
    answer = unchanged.post("/v1/devices", json=PHONE | change)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in [error["field"] for error in answer.json()["errors"]]


def test_districts_must_be_said_so_that_the_whole_city_is_a_choice(unchanged):
    answer = unchanged.post("/v1/devices", json={key: PHONE[key] for key in ("address", "platform")})
    assert [error["field"] for error in answer.json()["errors"]] == ["body.districts"]


@WORLDS
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers", [{}, bearer("x" * 43), {"Authorization": "Basic dXNlcjpwYXNz"}, {"Authorization": "Bearer"}]
)
def test_nobody_gets_at_a_registration_without_its_secret(unchanged, prefix, method, headers):
    body = {"json": {}} if method == "PATCH" else {}
    answer = unchanged.request(method, f"{prefix}/devices/me", headers=headers, **body)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"] == "urn:bosai:problem:unauthenticated"
