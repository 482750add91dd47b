"""What was held is shown to operators, on the machine of the service and nowhere else (R1, R16)."""

from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city
from alerts.telegram.envelope import Status

HELD = "/v1/office/held"


def send(station, name, *, status=Status.ACTUAL, unknown=False):
    codes = station.services.pack.codes
    area = lone_city(codes, "大阪管区気象台")
    now = station.clock.now()
    raw = compose_warning("VPWW61", area, {codes.municipality: [Stated("14")]}, now, status=status)
    raw = raw.replace(b"<Code>14</Code>", b"<Code>99</Code>") if unknown else raw
    receive(station.services, [Incoming(name, f"20260901030000_0_VPWW61_{codes.office}.xml", raw, now)])


def test_held_telegrams_are_listed_with_the_reason(client, live):
    send(live, "understood")
    send(live, "strange", unknown=True)
    answer = client.get(HELD)
    assert answer.headers["cache-control"] == "no-store"
    (held,) = answer.json()["telegrams"]
    assert (held["id"], held["outcome"], held["unknown_codes"]) == ("strange", "hold", ["99"])
    assert "99" in held["reason"]


def test_r1_exercises_are_listed_apart(client, live):
    send(live, "exercise", status=Status.EXERCISE)
    assert client.get(HELD).json()["telegrams"] == []
    (listed,) = client.get(HELD, params={"drills": "true"}).json()["telegrams"]
    assert (listed["id"], listed["status"]) == ("exercise", "exercise")
    assert client.get("/v1/situation").json()["in_force"] == []


def test_what_a_proxy_passes_on_finds_nothing_there(client):
    assert client.get(HELD, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    assert client.get(HELD).status_code == 200


def test_in_production_it_asks_for_a_login(production):
    assert production.get(HELD).status_code == 401
