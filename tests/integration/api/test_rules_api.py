"""The office reads, tries, changes and brings back the matching rules, on the machine of the service alone."""

import pytest

from alerts.telegram.composition import Stated

RULES = "/v1/office/rules"
AT_ONCE = {"id": "at once", "hazards": ["landslide"], "everybody_at_once": True}
WHO = {"author": "危機管理室 山田", "note": "見直し"}


def test_the_rules_that_act_are_read_with_their_history(unchanged):
    answer = unchanged.get(RULES)
    assert answer.headers["cache-control"] == "no-store"
    said = answer.json()
    assert (said["version"]["version"], said["misfits"]) == (1, [])
    assert [one["version"] for one in said["versions"]] == [1]
    landslide = said["rules"][0]
    assert (landslide["id"], landslide["tell"][0]["because"]) == ("landslide", "landslide_hillside")
    assert unchanged.get(f"{RULES}/1").json()["rules"] == said["rules"]
    assert unchanged.get(f"{RULES}/7").status_code == 404


def test_what_was_read_can_be_written_back_and_brought_back(client, live):
    before = client.get(RULES).json()["rules"]
    changed = client.put(RULES, json=WHO | {"based_on": 1, "rules": [AT_ONCE]})
    assert (changed.status_code, changed.json()["version"]["version"]) == (200, 2)
    assert changed.json()["version"]["author"] == WHO["author"]
    again = client.put(RULES, json=WHO | {"based_on": 2, "rules": before})
    assert again.status_code == 200
    back = client.post(f"{RULES}/2/restore", json=WHO | {"based_on": 3})
    assert (back.json()["version"]["version"], back.json()["version"]["restores"]) == (4, 2)


def test_a_draft_is_tried_on_stored_telegrams_before_it_acts(client, live):
    live.send("VPWW56", Stated("49"))
    tried = client.post(f"{RULES}/preview", json={"rules": [AT_ONCE], "days": 7}).json()
    assert (tried["telegrams"], tried["complete"], tried["differing"]) == (1, True, 1)
    (push,) = tried["pushes"]
    assert (push["hazard"], push["level"], push["differs"]) == ("landslide", 4, True)
    assert [tier["because"] for tier in push["now"]] == ["landslide_hillside", "landslide_foothill_edge", None]
    assert [(tier["districts"], tier["urgency"]) for tier in push["then"]] == [(None, "critical")]
    assert tried["since"].endswith("+09:00")
    assert client.get(RULES).json()["version"]["version"] == 1


def test_a_draft_is_tried_on_a_drill_s_telegrams_too(client, drill):
    drill.send("VPWW56", Stated("49"))
    tried = client.post("/v1/drill/office/rules/preview", json={"rules": [AT_ONCE], "days": 7}).json()
    assert (tried["drill"], tried["telegrams"], tried["differing"]) == (True, 1, 1)
    assert client.post(f"{RULES}/preview", json={"rules": [AT_ONCE], "days": 7}).json()["telegrams"] == 0


def test_a_rule_that_begins_later_is_tried_as_on_that_day(client, live):
    live.send("VPWW56", Stated("49"))
    first = [{"groups": ["hazard_zone:mountain"], "because": "landslide_hillside"}]
    wanted = {"rules": [{"id": "later", "hazards": ["landslide"], "tell": first, "valid_from": "2199-04-01"}]}
    for day, told in (({}, 1), ({"day": "2199-04-01"}, 2)):
        (push,) = client.post(f"{RULES}/preview", json=wanted | day).json()["pushes"]
        assert len(push["then"]) == told


def test_r7_no_rules_at_all_are_refused_everybody_at_once_is_said(unchanged):
    for answer in (
        unchanged.put(RULES, json=WHO | {"based_on": 1, "rules": []}),
        unchanged.post(f"{RULES}/preview", json={"rules": []}),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "body.rules")
    assert unchanged.get(RULES).json()["version"]["version"] == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"id": "x", "hazards": ["landslide"]}, "body.rules.1"),
        ({"id": "x", "hazards": ["landslide"], "everybody_at_once": True, "levels": [4]}, "body.rules.1"),
        ({"id": "x", "hazards": ["landslid"], "everybody_at_once": True}, "body.rules.1"),
        ({"id": "x", "hazards": ["storm"], "everybody_at_once": "perhaps"}, "body.rules.1.everybody_at_once"),
        ({"id": "x", "hazards": ["storm"], "everybody_at_once": True, "valid_to": "never"}, "body.rules.1.valid_to"),
        ({"id": "x", "hazards": ["storm"], "everybody_at_once": True, "group": "a"}, "body.rules.1.group"),
    ],
)
def test_bad_rules_are_refused_with_the_row_named(unchanged, row, field):
    wanted = {"rules": [AT_ONCE, row]}
    for answer in (
        unchanged.put(RULES, json=WHO | {"based_on": 1} | wanted),
        unchanged.post(f"{RULES}/preview", json=wanted),
    ):
        assert answer.status_code == 422
        assert {error["field"] for error in answer.json()["errors"]} == {field}
    assert unchanged.get(RULES).json()["version"]["version"] == 1


def test_who_edits_a_version_that_acts_no_more_is_told_so(client):
    client.put(RULES, json=WHO | {"based_on": 1, "rules": [AT_ONCE]})
    late = client.put(RULES, json=WHO | {"based_on": 1, "rules": [AT_ONCE]})
    assert (late.status_code, late.json()["type"]) == (409, "urn:bosai:problem:rules-changed")
    assert "version 2 acts now" in late.json()["detail"]


def test_a_change_without_a_name_or_a_reason_is_refused(unchanged):
    for missing in ("author", "note"):
        wanted = WHO | {"based_on": 1, "rules": [AT_ONCE], missing: " "}
        assert unchanged.put(RULES, json=wanted).status_code == 422


def test_r1_the_rules_of_a_drill_are_not_changed_there(unchanged):
    refused = unchanged.put("/v1/drill/office/rules", json=WHO | {"based_on": 1, "rules": [AT_ONCE]})
    assert refused.status_code == 404
    assert "live world" in refused.json()["detail"]


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "192.0.2.7"}, {"Origin": "https://example.com"}, {"Host": "rebound.example"}]
)
def test_nobody_from_elsewhere_reads_or_changes_them(unchanged, headers):
    assert unchanged.get(RULES, headers=headers).status_code == 404
    wanted = WHO | {"based_on": 1, "rules": [AT_ONCE]}
    assert unchanged.put(RULES, json=wanted, headers=headers).status_code == 404


def test_in_production_they_need_a_login(production):
    assert production.get(RULES).status_code == 401
