"""Family share over HTTP: a code is made, used and ended; what is refused says what to do (RFC 9457)."""

import pytest

from alerts.sharing import WRONG_CODES


@pytest.fixture
def phone(client):
    """Registers a phone in a world; returns the header that shows its secret."""

    def phone(name, prefix="/v1"):
        said = {"address": {"kind": "token", "value": f"token-of-{name}"}, "platform": "ios", "districts": []}
        return {"Authorization": f"Bearer {client.post(f'{prefix}/devices', json=said).json()['secret']}"}

    return phone


@pytest.mark.parametrize("prefix", ["/v1", "/v1/drill"])
def test_a_code_makes_a_follow_that_both_see_and_either_ends(client, phone, prefix):
    parent, child = phone("parent", prefix), phone("child", prefix)
    made = client.post(f"{prefix}/devices/me/share-codes", headers=parent)
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    answer = client.post(f"{prefix}/devices/me/follows", json={"code": made.json()["code"]}, headers=child)
    assert answer.status_code == 201
    follow = answer.json()["follow"]
    assert client.get(f"{prefix}/devices/me/follows", headers=child).json()["follows"] == [follow]
    (follower,) = client.get(f"{prefix}/devices/me/follows", headers=parent).json()["followers"]
    assert set(follower) == {"id", "since"}
    assert client.delete(f"{prefix}/devices/me/follows/{follower['id']}", headers=parent).status_code == 204
    gone = client.delete(f"{prefix}/devices/me/follows/{follow['id']}", headers=child)
    assert (gone.status_code, gone.json()["type"]) == (404, "urn:bosai:problem:unknown-follow")


def test_r1_a_code_of_the_real_world_is_unknown_in_a_drill(client, phone):
    code = client.post("/v1/devices/me/share-codes", headers=phone("parent")).json()["code"]
    answer = client.post("/v1/drill/devices/me/follows", json={"code": code}, headers=phone("child", "/v1/drill"))
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:bosai:problem:unknown-share-code")


def test_what_is_refused_says_why_and_a_guesser_waits(client, phone):
    parent = phone("parent")
    own = client.post("/v1/devices/me/share-codes", headers=parent).json()["code"]
    refused = client.post("/v1/devices/me/follows", json={"code": own}, headers=parent)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:bosai:problem:share-refused")
    for _ in range(WRONG_CODES):
        assert client.post("/v1/devices/me/follows", json={"code": "0" * 10}, headers=parent).status_code == 404
    waits = client.post("/v1/devices/me/follows", json={"code": own}, headers=parent)
    assert (waits.status_code, int(waits.headers["retry-after"]) > 0) == (429, True)


def test_without_a_secret_there_is_nothing(client):
    for method, path in (("POST", "share-codes"), ("POST", "follows"), ("GET", "follows"), ("DELETE", "follows/x")):
        answer = client.request(method, f"/v1/devices/me/{path}", json={"code": "0" * 10})
        assert answer.status_code == 401, path
