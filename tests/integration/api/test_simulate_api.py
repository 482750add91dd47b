"""The office asks what would happen: by GET for what is known, by POST for a body; nothing happens (issue 4)."""

import pytest

from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city

SIMULATE = "/v1/office/simulate"
DRAFT = {"type": "VPWW56", "stated": [{"code": "49"}]}


@pytest.fixture
def xml(live):
    codes = live.services.pack.codes
    area = lone_city(codes, "大阪管区気象台")
    return compose_warning("VPWW56", area, {codes.municipality: [Stated("49")]}, live.clock.now())


def post(client, body, kind="application/xml", **query):
    return client.post(SIMULATE, content=body, headers={"Content-Type": kind}, params=query)


def test_a_draft_is_answered_with_districts_phones_and_exact_texts(client, live):
    answer = client.post(SIMULATE, json=DRAFT).json()
    (push,) = answer["pushes"]
    assert (answer["effect"], answer["against"], answer["outcome"]) == ("none", "empty", "live")
    assert (push["change"], push["urgency"], push["reach"], push["phones"]) == ("issue", "critical", "nobody", 0)
    assert len(push["districts"]) == len(live.services.pack.districts)
    assert {text["language"] for text in push["tiers"][0]["texts"]} == set(live.services.wording.languages)
    assert [one["order_name"] for one in answer["proposals"]] == ["避難指示"]


def test_a_telegram_s_xml_is_answered_the_same(unchanged, xml):
    answer = post(unchanged, xml).json()
    assert (answer["type"], len(answer["pushes"])) == ("VPWW56", 1)


def test_nothing_of_it_happened(client, live, xml):
    post(client, xml)
    client.post(SIMULATE, json=DRAFT)
    assert client.get("/v1/alerts").json()["alerts"] == []
    assert client.get("/v1/office/held").json()["telegrams"] == []
    assert client.get("/v1/office/proposals", params={"all": "true"}).json()["proposals"] == []
    assert live.services.nudge.chunks == []


def test_a_stored_telegram_is_simulated_by_its_id(client, live):
    live.send("VPWW56", Stated("49"))
    with live.services.database.read() as uow:
        (alert,) = uow.alerts.recent(1)
        telegram = uow.alerts.revision(alert.id, 1).telegram_id
    answer = client.get(SIMULATE, params={"telegram": telegram}).json()
    assert [push["change"] for push in answer["pushes"]] == ["issue"]
    answer = client.get(SIMULATE, params={"telegram": telegram, "against": "now"}).json()
    assert (answer["pushes"], answer["why_nothing"] is not None) == ([], True)


def test_r1_a_drill_s_step_moves_the_drill_world_only(unchanged):
    query = {"drill": "storm", "step": 9}
    live, drill = unchanged.get(SIMULATE, params=query), unchanged.get("/v1/drill/office/simulate", params=query)
    assert live.json()["pushes"] == []
    assert "R1" in live.json()["why_nothing"]
    (push,) = drill.json()["pushes"]
    titles = {text["language"]: text["title"] for text in push["tiers"][0]["texts"]}
    assert titles["ja"].startswith("【訓練】")


def test_a_broken_telegram_is_an_answer_too(unchanged):
    answer = post(unchanged, b"<Report").json()
    assert (answer["outcome"], answer["pushes"]) == ("hold", [])
    assert "XML" in answer["why_nothing"]


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ({}, 422, "invalid-request"),
        ({"telegram": "t", "drill": "storm", "step": 1}, 422, "invalid-request"),
        ({"drill": "storm"}, 422, "invalid-request"),
        ({"telegram": "t0"}, 404, "unknown-telegram"),
        ({"drill": "typhoon", "step": 1}, 404, "unknown-telegram"),
        ({"drill": "storm", "step": 99}, 404, "unknown-telegram"),
    ],
    ids=["nothing", "two things", "no step", "unknown telegram", "unknown drill", "unknown step"],
)
def test_a_question_that_names_nothing_is_refused(unchanged, query, status, kind):
    answer = unchanged.get(SIMULATE, params=query)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:bosai:problem:{kind}")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"type": "VPWW56"}, "body.stated"),
        ({"type": "VPWW56", "stated": [{"kode": "49"}]}, "body.stated.0.code"),
        ({"type": "VPWW56", "stated": [{"code": "99"}]}, "body"),
        ({"type": "VXSE53", "stated": []}, "body"),
    ],
    ids=["nothing stated", "misspelt", "unknown code", "unknown type"],
)
def test_a_draft_that_no_warning_can_say_is_refused_with_the_field(unchanged, draft, field):
    answer = unchanged.post(SIMULATE, json=draft)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_json_that_is_none_and_another_kind_of_body_are_refused(unchanged):
    assert post(unchanged, b"{", "application/json").status_code == 422
    assert post(unchanged, b"VPWW56", "text/plain").status_code == 415


def test_a_telegram_may_be_larger_than_a_registration_and_not_without_end(unchanged, xml):
    padded = xml.replace(b"</Report>", b" " * 100_000 + b"</Report>")
    assert post(unchanged, padded).status_code == 200
    assert post(unchanged, xml + b" " * 3_000_000).status_code == 413


def test_without_officers_it_answers_this_machine_only_and_in_production_asks_for_a_login(client, production):
    forwarded = {"X-Forwarded-For": "192.0.2.7"}
    assert client.post(SIMULATE, json=DRAFT, headers=forwarded).status_code == 404
    assert production.post(SIMULATE, json=DRAFT).status_code == 401
    assert production.get(SIMULATE, params={"drill": "storm", "step": 1}).status_code == 401
