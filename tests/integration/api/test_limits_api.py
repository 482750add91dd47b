"""Registrations are bounded by public address, changes by phone, and reads and leaving by nothing."""

import asyncio

import httpx
import pytest

from api.app import create_app
from api.guard import gate as gates
from api.guard.budget import Budget
from api.guard.gate import Gate

SHELTER, ELSEWHERE = "8.8.8.8", "1.1.1.1"
PHONE = {"platform": "ios", "districts": []}


@pytest.fixture
def ask(live, drill, serve, monkeypatch, eventually):
    """Asks the application as somebody at an address, with budgets small enough to use up."""
    monkeypatch.setattr(gates, "REGISTRATIONS", Budget("registrations", 3, 0.01))
    monkeypatch.setattr(gates, "CHANGES", Budget("changes", 2, 0.01))
    app = create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02, gate=Gate())

    served = serve(app)  # what is read into memory beside the requests is read while it runs
    eventually(lambda: served.get("/v1/situation").status_code == 200)

    def asked(method, path, address=SHELTER, **request):
        async def once():
            transport = httpx.ASGITransport(app, client=(address, 40000))
            async with httpx.AsyncClient(transport=transport, base_url="http://bosai.example.jp") as client:
                return await client.request(method, path, **request)

        return asyncio.run(once())

    return asked


def phone(number: int) -> dict[str, object]:
    return PHONE | {"address": {"kind": "token", "value": f"token-of-phone-{number}"}}


def register(ask, number, address=SHELTER, prefix="/v1"):
    return ask("POST", f"{prefix}/devices", address, json=phone(number))


def test_too_many_registrations_from_one_address_are_told_when_to_come_again(ask):
    assert [register(ask, number).status_code for number in range(4)] == [201, 201, 201, 429]
    refused = register(ask, 4)
    assert refused.json()["type"] == "urn:bosai:problem:too-many-requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 100
    assert register(ask, 5, ELSEWHERE).status_code == 201


def test_the_worlds_are_counted_apart(ask):
    assert [register(ask, number, prefix="/v1/drill").status_code for number in range(4)] == [201, 201, 201, 429]
    assert register(ask, 1).status_code == 201


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "172.18.0.1", "192.168.1.7", "::1", "fd00::1", "nobody"])
def test_behind_an_address_that_is_not_public_stands_everybody(ask, address):
    assert [register(ask, number, address).status_code for number in range(5)] == [201] * 5


def test_a_line_has_one_budget_whatever_ipv6_addresses_it_takes(ask):
    line = [f"2001:4860:1:2::{number}" for number in range(1, 5)]
    assert [register(ask, number, address).status_code for number, address in enumerate(line)] == [201, 201, 201, 429]
    assert register(ask, 9, "2001:4860:1:3::1").status_code == 201


def test_reads_are_answered_where_registrations_are_not(ask):
    secret = register(ask, 0).json()["secret"]
    while register(ask, 1).status_code != 429:
        pass
    for path in ("/v1/situation", "/v1/shelters", "/v1/districts", "/v1/alerts", "/v1/devices/me"):
        assert ask("GET", path, headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_a_phone_that_changes_too_often_waits_and_may_still_leave(ask):
    own = {"Authorization": f"Bearer {register(ask, 0).json()['secret']}"}
    other = {"Authorization": f"Bearer {register(ask, 1).json()['secret']}"}

    def change(headers):
        return ask("PATCH", "/v1/devices/me", headers=headers, json={"language": "en"}).status_code

    assert [change(own) for _ in range(3)] == [200, 200, 429]
    assert ask("POST", "/v1/devices/me/share-codes", headers=own).status_code == 429
    assert change(other) == 200
    assert ask("DELETE", "/v1/devices/me", headers=own).status_code == 204
