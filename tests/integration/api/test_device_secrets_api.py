"""A phone asks again after a lost answer, takes a new secret, and nobody gets in by an old or invented one."""

import pytest

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
PHONE = {"address": {"kind": "token", "value": "cXJ5dG9rZW4:APA91b-example_token"}, "platform": "ios", "districts": []}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_registration_that_is_sent_again_is_answered_as_it_was(client, live):
    first, again = (client.post("/v1/devices", json=PHONE, headers=KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert {name: again.json()[name] for name in ("id", "secret", "device")} == {
        name: first.json()[name] for name in ("id", "secret", "device")
    }
    with live.services.database.read() as uow:
        assert uow.devices.count() == 1


def test_neither_key_nor_secret_stands_in_the_database(client, live):
    secret = client.post("/v1/devices", json=PHONE, headers=KEY).json()["secret"]
    stored = b"".join(path.read_bytes() for path in live.folder.iterdir())
    assert secret.encode() not in stored
    assert KEY["Idempotency-Key"].encode() not in stored


def test_a_key_that_comes_with_another_body_is_refused_and_named(client):
    client.post("/v1/devices", json=PHONE, headers=KEY)
    answer = client.post("/v1/devices", json=PHONE | {"platform": "android"}, headers=KEY)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["header.Idempotency-Key"]


@pytest.mark.parametrize("key", ["", "short", "x" * 129, "with blanks between words", 'quote"quote"quote"'])
def test_a_key_that_is_no_random_name_is_refused(unchanged, key):
    answer = unchanged.post("/v1/devices", json=PHONE, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "header.Idempotency-Key"


def test_a_phone_takes_a_new_secret_and_the_old_one_opens_nothing(client):
    old = client.post("/v1/devices", json=PHONE).json()["secret"]
    answer = client.post("/v1/devices/me/secret", headers=bearer(old))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert client.get("/v1/devices/me", headers=bearer(answer.json()["secret"])).status_code == 200
    for method, path in (("GET", "/v1/devices/me"), ("POST", "/v1/devices/me/secret"), ("DELETE", "/v1/devices/me")):
        assert client.request(method, path, headers=bearer(old)).status_code == 401


def test_a_key_whose_secret_was_replaced_is_told_so(client):
    secret = client.post("/v1/devices", json=PHONE, headers=KEY).json()["secret"]
    client.post("/v1/devices/me/secret", headers=bearer(secret))
    answer = client.post("/v1/devices", json=PHONE, headers=KEY)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:bosai:problem:key-spent")
