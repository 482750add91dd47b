"""A phone confirms what arrived and what was opened; the office sees how far the alert came (issue 6)."""

from datetime import timedelta

import pytest

from alerts.telegram.composition import Stated


@pytest.fixture
def owner(client):
    """The header of a registered phone."""
    phone = {"address": {"kind": "token", "value": "phone-0001"}, "platform": "android", "districts": []}
    return {"Authorization": f"Bearer {client.post('/v1/devices', json=phone).json()['secret']}"}


@pytest.fixture
def alert(live, client, owner, eventually):
    """A warning that the phone was sent."""
    live.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/alerts").json()["alerts"])
    return client.get("/v1/alerts").json()["alerts"][0]["id"]


@pytest.fixture
def confirm(client, owner):
    """Sends a batch."""
    return lambda *batch, **headers: client.post(
        "/v1/devices/me/receipts", json={"receipts": list(batch)}, headers=headers or owner
    )


def receipt(alert, clock, event="received", **after):
    return {"alert_id": alert, "revision": 1, "event": event, "at": (clock.now() + timedelta(**after)).isoformat()}


def figures(client, alert):
    (revision,) = client.get(f"/v1/office/alerts/{alert}/receipts").json()["revisions"]
    return {what: revision[what]["phones"] for what in ("accepted", "received", "opened")}


def test_a_batch_is_taken_and_the_same_batch_again_changes_nothing(client, confirm, alert, live):
    batch = [receipt(alert, live.clock), receipt(alert, live.clock, "opened")]
    for _ in range(2):
        answer = confirm(*batch)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert (answer.json()["taken"], answer.json()["unknown"]) == (2, [])
    assert figures(client, alert) == {"accepted": 0, "received": 1, "opened": 1}


def test_what_was_opened_was_received(client, confirm, alert, live):
    confirm(receipt(alert, live.clock, "opened"))
    assert figures(client, alert) == {"accepted": 0, "received": 1, "opened": 1}


def test_what_the_phone_was_never_sent_is_named_and_the_rest_is_taken(client, confirm, alert, live):
    answer = confirm(receipt("a-of-somebody", live.clock), receipt(alert, live.clock)).json()
    assert (answer["taken"], answer["unknown"]) == (1, [0])
    assert figures(client, alert)["received"] == 1


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_wrong_clock_of_a_phone_is_put_right(client, confirm, alert, live, hours):
    live.clock.forward(minutes=5)
    confirm(receipt(alert, live.clock, hours=hours))
    (revision,) = client.get(f"/v1/office/alerts/{alert}/receipts").json()["revisions"]
    told = "2026-09-01T12:00:00+09:00" if hours < 0 else "2026-09-01T12:05:00+09:00"
    assert revision["received"]["first_at"] == told


def test_nobody_confirms_without_the_secret(confirm, alert, live):
    answer = confirm(receipt(alert, live.clock), Authorization="Bearer nobody")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:bosai:problem:unauthenticated")


def test_r1_a_phone_of_the_live_world_is_nobody_in_the_drill(client, owner, alert, live):
    sent = {"receipts": [receipt(alert, live.clock)]}
    assert client.post("/v1/drill/devices/me/receipts", json=sent, headers=owner).status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"event": "seen"}, "body.receipts.0.event"),
        ({"at": "2026-09-01T12:00:00"}, "body.receipts.0.at"),
        ({"revision": 0}, "body.receipts.0.revision"),
        ({"device": 1}, "body.receipts.0.device"),
    ],
)
def test_what_cannot_be_a_receipt_is_refused_by_name(confirm, alert, live, change, field):
    answer = confirm(receipt(alert, live.clock) | change)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [field])


def test_a_batch_has_a_limit(confirm, alert, live):
    assert confirm(*[receipt(alert, live.clock)] * 50).json()["taken"] == 50
    assert confirm(*[receipt(alert, live.clock)] * 51).status_code == 422


def test_the_office_asks_of_alerts_that_are_there(client, alert):
    assert client.get("/v1/office/alerts/a0/receipts").json()["type"] == "urn:bosai:problem:unknown-alert"


def test_in_production_the_figures_need_a_login(production):
    assert production.get("/v1/office/alerts/a0/receipts").json()["type"] == "urn:bosai:problem:login-needed"
