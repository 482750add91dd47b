"""A phone says what it wants to hear; what it leaves out is as the city has it (RFC 9457 for what cannot be)."""

import pytest

from alerts.category import Category

TOKEN = "cXJ5dG9rZW4:APA91b-example_token"
PHONE = {"address": {"kind": "token", "value": TOKEN}, "platform": "ios", "districts": []}
CITY = {"quiet_hours": {"start": "22:00", "end": "07:00"}, "high_sounds": True, "minimum_level": 2, "muted": []}


@pytest.fixture
def register(client):
    """Registers a phone; returns it with the header that shows its secret."""

    def register(**said):
        answer = client.post("/v1/devices", json=PHONE | said)
        assert answer.status_code == 201, answer.text
        return answer.json()["device"], {"Authorization": f"Bearer {answer.json()['secret']}"}

    return register


def test_what_can_be_chosen_and_what_the_city_has_is_public(client):
    found = client.get("/v1/preferences").json()
    assert (found["defaults"], found["normal_pushes"]) == (CITY, False)
    assert {item["id"] for item in found["categories"]} == set(Category)
    assert client.get("/v1/drill/preferences").json()["drill"] is True


def test_who_says_nothing_gets_what_the_city_has(register):
    device, _ = register()
    assert (device["preferences"], device["normal_pushes"], device["further_places"]) == (CITY, False, [])


def test_what_is_sent_is_kept_and_the_rest_is_the_citys(register):
    device, _ = register(preferences={"quiet_hours": None, "minimum_level": 3, "muted": ["snow", "air"]})
    assert device["preferences"] == CITY | {"quiet_hours": None, "minimum_level": 3, "muted": ["air", "snow"]}


def test_a_new_app_does_not_forget_what_the_resident_chose(client, register, live):
    first = live.services.pack.districts[0].id
    chosen, _ = register(preferences={"minimum_level": 3}, normal_pushes=True, further_places=[[first]])
    again, _ = register()
    for name in ("preferences", "normal_pushes", "further_places"):
        assert again[name] == chosen[name], name


def test_a_change_of_something_else_leaves_them_as_they_were(client, register):
    said = {"high_sounds": False}
    _, bearer = register(preferences=said)
    changed = client.patch("/v1/devices/me", json={"language": "en"}, headers=bearer).json()["device"]
    assert changed["preferences"] == CITY | said
    quiet = {"quiet_hours": {"start": "01:00", "end": "02:30"}}
    changed = client.patch("/v1/devices/me", json={"preferences": quiet}, headers=bearer).json()["device"]
    assert changed["preferences"] == CITY | quiet, "preferences are sent as a whole"


def test_further_places_are_numbered_in_their_order(client, register, live):
    first, second, third = (district.id for district in live.services.pack.districts[:3])
    device, bearer = register(districts=[first], further_places=[[second], [first, third]])
    assert (device["districts"], device["further_places"]) == ([first], [[second], sorted([first, third])])
    changed = client.patch("/v1/devices/me", json={"districts": []}, headers=bearer).json()["device"]
    assert (changed["districts"], changed["further_places"]) == ([], [[second], sorted([first, third])])
    changed = client.patch("/v1/devices/me", json={"further_places": []}, headers=bearer).json()["device"]
    assert changed["further_places"] == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"preferences": {"quiet_hours": {"start": "24:00", "end": "07:00"}}}, "body.preferences.quiet_hours.start"),
        ({"preferences": {"quiet_hours": {"start": "7:00", "end": "08:00"}}}, "body.preferences.quiet_hours.start"),
        ({"preferences": {"quiet_hours": {"start": "22:00"}}}, "body.preferences.quiet_hours.end"),
        ({"preferences": {"quiet_hours": {"start": "22:00", "end": "22:00"}}}, "body.preferences.quiet_hours"),
        ({"preferences": {"minimum_level": 5}}, "body.preferences.minimum_level"),
        ({"preferences": {"muted": ["rainbows"]}}, "body.preferences.muted.0"),
        ({"preferences": {"critical": False}}, "body.preferences.critical"),
        ({"further_places": [[]]}, "body.further_places.0"),
        ({"further_places": [["27218-akai-1"]] * 10}, "body.further_places"),
        ({"further_places": [["27218-atlantis"]]}, "body.further_places.0.0"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_by_its_name(client, live, said, field):
    answer = client.post("/v1/devices", json=PHONE | said)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert live.devices() == 0
