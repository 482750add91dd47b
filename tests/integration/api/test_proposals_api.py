"""The office sees what is proposed and decides, on the service's own machine; residents see none of it (R1, R25)."""

import pytest

from alerts.service.propose import propose
from alerts.telegram.composition import Stated

PROPOSALS = "/v1/office/proposals"


@pytest.fixture
def proposal(live, client):
    """One order that is proposed; its id."""
    live.send("VPWW56", Stated("49"))
    propose(live.services)
    (found,) = client.get(PROPOSALS).json()["proposals"]
    return found["id"]


def decide(client, proposal, decision="confirm", name="危機管理監", note="発令する"):
    body = {"decision": decision, "name": name, "note": note}
    return client.post(f"{PROPOSALS}/{proposal}/decision", json=body)


def test_what_is_proposed_is_said_in_the_city_s_words(client, proposal):
    answer = client.get(PROPOSALS)
    (found,) = answer.json()["proposals"]
    assert answer.headers["cache-control"] == "no-store"
    assert (found["order"], found["order_name"], found["state"]) == ("evacuation_order", "避難指示", "open")
    assert "市の公表基準" in found["basis"]
    assert "住民には何も送信していません" in found["text"]
    assert answer.json()["escalate_minutes"] == 10


@pytest.mark.parametrize(("decision", "state"), [("confirm", "confirmed"), ("decline", "declined")])
def test_a_decision_is_recorded_with_a_name_and_says_that_nothing_is_sent(client, proposal, decision, state):
    answer = decide(client, proposal, decision).json()
    assert (answer["sent"], answer["proposal"]["state"]) == (False, state)
    assert "nothing was sent" in answer["remark"]
    assert (answer["proposal"]["decided_by"], answer["proposal"]["note"]) == ("危機管理監", "発令する")
    (listed,) = client.get(PROPOSALS).json()["proposals"]
    assert listed["state"] == state


def test_a_second_decision_is_refused_and_says_who_was_first(client, proposal):
    decide(client, proposal, "decline", name="当直")
    answer = decide(client, proposal)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:bosai:problem:not-waiting")
    assert "当直" in answer.json()["detail"]


def test_an_unknown_proposal_is_said(client, proposal):
    answer = decide(client, "p0")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:bosai:problem:unknown-proposal")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "body.name"), ({"note": ""}, "body.note"), ({"decision": "send"}, "body.decision")],
    ids=["no name", "no note", "no decision"],
)
def test_a_decision_without_a_name_or_a_note_is_refused(client, proposal, wrong, field):
    answer = decide(client, proposal, **wrong)
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert client.get(PROPOSALS).json()["proposals"][0]["state"] == "open"


def test_what_is_over_is_listed_with_all(client, live, clock, proposal):
    clock.forward(minutes=30)
    live.send("VPWW56", Stated("49", "解除", "49"))
    propose(live.services)
    assert client.get(PROPOSALS).json()["proposals"] == []
    (over,) = client.get(PROPOSALS, params={"all": "true"}).json()["proposals"]
    assert (over["id"], over["state"], over["ending"]) == (proposal, "lapsed", "over")


def test_r1_the_live_world_s_proposal_is_not_the_drill_s(client, proposal):
    assert client.get("/v1/drill/office/proposals").json()["proposals"] == []
    body = {"decision": "confirm", "name": "訓練担当", "note": "訓練"}
    assert client.post(f"/v1/drill/office/proposals/{proposal}/decision", json=body).status_code == 404
    assert client.get(PROPOSALS).json()["proposals"][0]["state"] == "open"


def test_r1_a_drill_s_proposal_is_marked(client, drill):
    drill.send("VPWW56", Stated("49"))
    propose(drill.services)
    (found,) = client.get("/v1/drill/office/proposals").json()["proposals"]
    assert found["text"].startswith("【訓練】")


def test_residents_see_nothing_of_a_proposal(client, live, proposal, eventually):
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    for address in ("/v1/situation", "/v1/alerts", "/v1/outbox"):
        assert "避難指示" not in client.get(address).text


def test_the_start_page_of_this_machine_shows_what_waits_and_no_more_when_it_is_decided(client, production, proposal):
    assert "避難指示（警戒レベル4）の発令の提案" in client.get("/").text
    assert "発令の提案" not in production.get("/").text
    decide(client, proposal)
    assert "発令の提案" not in client.get("/").text


def test_r1_the_start_page_marks_a_drill_s_proposal(client, drill):
    drill.send("VPWW56", Stated("49"))
    propose(drill.services)
    page = client.get("/").text
    assert "【訓練】避難情報の判断が必要です" in page.split('id="drill"')[1]
    assert "避難情報の判断" not in page.split('id="drill"')[0]


def test_without_officers_it_answers_this_machine_only_and_in_production_asks_for_a_login(client, production, proposal):
    forwarded = {"X-Forwarded-For": "192.0.2.7"}
    body = {"decision": "confirm", "name": "x", "note": "y"}
    assert client.get(PROPOSALS, headers=forwarded).status_code == 404
    assert client.post(f"{PROPOSALS}/{proposal}/decision", headers=forwarded, json=body).status_code == 404
    assert production.get(PROPOSALS).status_code == 401
    assert production.post(f"{PROPOSALS}/{proposal}/decision", json=body).status_code == 401
