"""The office's view of the list: who is on it, results of every channel, replays (R26, issue 7.6)."""

import pytest

from alerts.alert import Urgency
from alerts.channel.subscriber import Channel
from alerts.service.channels.roll import Wanted, add
from alerts.service.channels.spread import spread
from alerts.telegram.composition import Stated

HOOK = Wanted(Channel.WEBHOOK, "防災放送", "https://radio.example.jp/bosai", ("ja",), Urgency.HIGH, frozenset())


@pytest.fixture
def hook(live):
    return add(live.services, HOOK).subscriber.id


@pytest.fixture
def alert(live, hook, client, eventually):
    live.send("VPWW56", Stated("49"))
    spread(live.services)
    eventually(lambda: client.get("/v1/alerts").json()["alerts"])
    return client.get("/v1/alerts").json()["alerts"][0]["id"]


def test_the_list_is_shown_without_addresses(client, hook):
    answer = client.get("/v1/office/channels")
    assert answer.headers["cache-control"] == "no-store"
    (listed,) = answer.json()["subscribers"]
    assert (listed["id"], listed["name"], listed["minimum"]) == (hook, "防災放送", "high")
    assert "radio.example.jp" not in answer.text
    assert client.get("/v1/drill/office/channels").json()["subscribers"] == []


def test_results_of_every_channel_stand_side_by_side(client, alert, hook):
    (revision,) = client.get(f"/v1/office/alerts/{alert}/channels").json()["revisions"]
    assert revision["channels"] == {"push": {}, "webhook": {"waiting": 1}}
    assert [letter["subscriber"] for letter in revision["letters"]] == [hook]
    assert client.get("/v1/office/alerts/nothing/channels").json()["type"].endswith("unknown-alert")


def test_a_replay_is_asked_for_by_cursor_or_time_once(client, alert, hook):
    url = f"/v1/office/channels/{hook}/replays"
    asked = client.post(url, json={"after": 0})
    assert asked.status_code == 202, asked.text
    assert (asked.json()["replays"][0]["state"], asked.json()["replays"][0]["until"]) == ("due", 1)
    assert client.post(url, json={"since": "2026-01-01T00:00:00+09:00"}).json()["type"].endswith("no-replay")
    assert [one["id"] for one in client.get(url).json()["replays"]] == [asked.json()["replays"][0]["id"]]


@pytest.mark.parametrize(
    "body", [{}, {"after": 0, "since": "2026-01-01T00:00:00Z"}, {"after": -1}, {"since": "2026-01-01T00:00:00"}]
)
def test_a_replay_from_nowhere_is_refused(client, hook, body):
    assert client.post(f"/v1/office/channels/{hook}/replays", json=body).status_code == 422


def test_nobody_is_asked_of_whom_nobody_knows(client):
    for ask in (client.get, lambda url: client.post(url, json={"after": 0})):
        assert ask("/v1/office/channels/s-nobody/replays").json()["type"].endswith("unknown-subscriber")
