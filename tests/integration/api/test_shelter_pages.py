"""The shelters' limited login as browsers see it: the office gives a link, one telephone reports by it."""

import re

import httpx
import pytest

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service import openings
from alerts.service.facilities import places
from alerts.service.people import administration, sessions, shelter_passes
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.shelter.opening import OpeningState
from alerts.shelter.report import OpeningReport
from api.office.shelters import OFFICE
from api.office.tokens import form_token

PASSWORD = "kawa no nagare wa"
LINKS = {"live": "/office/shelter-links", "drill": "/office/drill/shelter-links"}


@pytest.fixture
def hojo(pack):
    return next(site.facility for site in pack.sites if "北条小" in site.name)


@pytest.fixture
def other(live, hojo):
    return next(place.facility for place in places(live.services) if place.facility != hojo)


@pytest.fixture
def desk(client, live):
    """The headers of somebody at the desk, and his form token in each world."""
    wanted = Wanted(Act.ADD, login="sato", name="佐藤", roles=[Role.SHELTER])
    code = administration.add_at_console(live.services, wanted).code
    token = welcome(live.services, Attempt("sato", PASSWORD, code)).token
    assert sessions.find(live.services, token) is not None
    headers = {"Cookie": f"bosai-session={token}", "Origin": str(client.base_url).rstrip("/")}
    return headers, {world: form_token(token, world) for world in ("live", "drill")}


@pytest.fixture
def issue(client, desk):
    """Gives a link, as the office does; returns its path."""

    def issued(*facilities, world="live"):
        headers, tokens = desk
        form = {"form_token": tokens[world], "label": "北条小学校 受付", "facilities": list(facilities)}
        page = client.post(LINKS[world], headers=headers, data=form)
        assert page.status_code == 200
        assert "<svg" in page.text
        return re.search(r"/office/shelter/begin\?key=[\w-]+", page.text)[0]

    return issued


@pytest.fixture
def telephone(client):
    """A browser that keeps its cookies."""
    base = str(client.base_url).rstrip("/")
    with httpx.Client(base_url=base, headers={"Origin": base}, trust_env=False, timeout=60) as opened:
        yield opened


def begin(telephone, path):
    assert telephone.get(path).status_code == 200
    answer = telephone.post("/office/shelter/begin", data={"key": path.partition("key=")[2]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/office/shelter")


def token_of(telephone):
    return re.search(r'name="form_token" value="(\w+)"', telephone.get("/office/shelter").text)[1]


def report(telephone, facility, seen=0, **said):
    said = {"form_token": token_of(telephone), "facility": facility, "seen": seen} | said
    return telephone.post("/office/shelter/report", data=said)


def test_a_telephone_opens_the_link_reports_and_phones_read_it(client, issue, telephone, hojo, until):
    begin(telephone, issue(hojo))
    page = telephone.get("/office/shelter")
    assert "未開設（報告なし）" in page.text
    assert report(telephone, hojo, state="open").status_code == 303
    assert report(telephone, hojo, seen=1, people="10").status_code == 303
    assert "10人" in telephone.get("/office/shelter").text

    def is_read():
        shown = client.get("/v1/shelters").json()
        sites = [site for site in (*shown["emergency_sites"], *shown["shelters"]) if site["id"].startswith(hojo)]
        said = [site["opening"] for site in sites]
        return said and all(each and (each["occupancy"] or {}).get("people") == 10 for each in said)

    until(is_read)
    shown = client.get("/v1/shelters").json()["emergency_sites"]
    assert {site["opening"]["reported_by"] for site in shown if site["opening"]} == {"shelter"}


def test_the_cookie_is_the_telephone_s_alone_and_lasts_as_long_as_the_pass(issue, telephone, hojo):
    path = issue(hojo)
    answer = telephone.post("/office/shelter/begin", data={"key": path.partition("key=")[2]})
    said = answer.headers["set-cookie"]
    assert "HttpOnly" in said
    assert "SameSite=lax" in said
    assert "Max-Age=86400" in said
    assert "Domain" not in said


def test_the_link_opens_one_telephone(client, issue, telephone, hojo):
    path = issue(hojo)
    begin(telephone, path)
    assert client.get(path).status_code == 422
    form = {"key": path.partition("key=")[2]}
    again = client.post("/office/shelter/begin", data=form, headers={"Origin": str(client.base_url).rstrip("/")})
    assert again.status_code == 422
    assert "新しいリンク" in again.text


def test_a_pass_opens_nothing_else(issue, telephone, hojo, other, live):
    begin(telephone, issue(hojo))
    assert report(telephone, other, state="open").status_code == 403
    assert openings.openings(live.services) == {}
    assert telephone.get("/office/account").status_code == 303
    assert telephone.get("/office/shelter-links").status_code == 303
    assert telephone.get("/v1/office/shelters").json()["type"] == "urn:bosai:problem:login-needed"
    body = {"reports": [{"facility": hojo, "version": 0, "state": "open"}]}
    assert telephone.post("/v1/office/shelters/reports", json=body).status_code == 401


def test_an_officer_s_session_is_no_pass(client, desk):
    headers, tokens = desk
    assert client.get("/office/shelter", headers=headers).status_code == 401
    answer = client.post("/office/shelter/report", headers=headers, data={"form_token": tokens["live"]})
    assert answer.status_code == 401


def test_what_was_tapped_twice_is_done_once_and_not_called_a_mistake(issue, telephone, hojo, live):
    begin(telephone, issue(hojo))
    for _ in range(2):
        assert report(telephone, hojo, state="open").status_code == 303
    for _ in range(2):
        assert report(telephone, hojo, seen=1, people="10").status_code == 303
    now = openings.openings(live.services)[hojo]
    assert (now.version, now.occupancy) == (2, 10)


def test_what_the_office_reported_meanwhile_is_not_overwritten(issue, telephone, hojo, live):
    begin(telephone, issue(hojo))
    assert report(telephone, hojo, state="open").status_code == 303
    openings.report(live.services, OFFICE, [OpeningReport(hojo, 1, state=OpeningState.CLOSED)])
    answer = report(telephone, hojo, seen=1, state="full")
    assert answer.status_code == 409
    assert "先に別の報告がありました" in answer.text
    assert openings.openings(live.services)[hojo].state is OpeningState.CLOSED


@pytest.mark.parametrize("said", [{"state": "full"}, {"people": "5"}, {"people": "-5"}, {"people": "many"}, {}])
def test_what_cannot_be_is_said_on_the_page(issue, telephone, hojo, live, said):
    begin(telephone, issue(hojo))
    answer = report(telephone, hojo, **said)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert openings.openings(live.services) == {}


def test_a_form_needs_our_page_and_its_own_token(issue, telephone, hojo, live):
    begin(telephone, issue(hojo))
    token = token_of(telephone)
    form = {"facility": hojo, "seen": 0, "state": "open"}
    for forged in ("", "x" * 64):
        assert telephone.post("/office/shelter/report", data=form | {"form_token": forged}).status_code == 403
    for origin in ("https://evil.example", "null"):
        evil = telephone.post("/office/shelter/report", data=form | {"form_token": token}, headers={"Origin": origin})
        assert evil.status_code == 403
    evil = telephone.post("/office/shelter/begin", data={"key": "x"}, headers={"Origin": "https://evil.example"})
    assert evil.status_code == 403
    assert openings.openings(live.services) == {}


def test_it_ends_when_the_day_is_over_and_when_the_office_says_so(client, desk, issue, telephone, hojo, live, clock):
    begin(telephone, issue(hojo))
    headers, tokens = desk
    pass_id = shelter_passes.standing(live.services, live.services)[0].id
    assert "使用中" in client.get("/office/shelter-links", headers=headers).text
    revoke = f"/office/shelter-links/{pass_id}/revoke"
    assert client.post(revoke, headers=headers, data={"form_token": tokens["live"]}).status_code == 303
    assert telephone.get("/office/shelter").status_code == 401
    begin(telephone, issue(hojo))
    clock.forward(hours=24)
    answer = telephone.get("/office/shelter")
    assert answer.status_code == 401
    assert "新しいリンクの発行を依頼" in answer.text


def test_the_telephone_gives_its_pass_back(issue, telephone, hojo):
    begin(telephone, issue(hojo))
    answer = telephone.post("/office/shelter/end", data={"form_token": token_of(telephone)})
    assert telephone.get(answer.headers["location"]).status_code == 200
    assert telephone.get("/office/shelter").status_code == 401


def test_r1_a_pass_of_the_drill_reports_in_the_drill_and_its_page_says_so(issue, telephone, hojo, live, drill):
    begin(telephone, issue(hojo, world="drill"))
    assert "【訓練】" in telephone.get("/office/shelter").text
    assert report(telephone, hojo, state="open").status_code == 303
    assert openings.openings(live.services) == {}
    assert openings.openings(drill.services)[hojo].state is OpeningState.OPEN


def test_r1_each_world_s_desk_gives_shows_and_ends_its_own_links_alone(client, desk, issue, hojo, live, drill):
    headers, tokens = desk
    issue(hojo, world="drill")
    (made,) = shelter_passes.standing(live.services, drill.services)
    assert f"shelter-links/{made.id}/revoke" not in client.get(LINKS["live"], headers=headers).text
    page = client.get(LINKS["drill"], headers=headers).text
    assert f"/office/drill/shelter-links/{made.id}/revoke" in page
    assert "報告先は訓練です" in page
    assert "【訓練】" in page
    revoke = {world: f"{path}/{made.id}/revoke" for world, path in LINKS.items()}
    refused = client.post(revoke["live"], headers=headers, data={"form_token": tokens["live"]})
    assert (refused.status_code, LINKS["live"] in refused.text) == (422, True)
    for world in ("live", "drill"):
        foreign = client.post(revoke[world], headers=headers, data={"form_token": tokens[_other(world)]})
        assert foreign.status_code == 403
    assert shelter_passes.standing(live.services, drill.services) == [made]
    assert client.post(revoke["drill"], headers=headers, data={"form_token": tokens["drill"]}).status_code == 303
    assert shelter_passes.standing(live.services, drill.services) == []


def test_r1_no_field_of_a_form_leads_into_the_other_world(client, desk, hojo, live, drill):
    headers, tokens = desk
    form = {"form_token": tokens["live"], "label": "受付", "world": "drill", "facilities": [hojo]}
    assert client.post(LINKS["live"], headers=headers, data=form).status_code == 200
    assert [each.world for each in shelter_passes.standing(live.services, live.services)] == ["live"]
    assert shelter_passes.standing(live.services, drill.services) == []


def _other(world):
    return "drill" if world == "live" else "live"


def test_in_production_a_pass_works_behind_the_proxy(production, live, hojo):
    services = live.services
    code = administration.add_at_console(
        services, Wanted(Act.ADD, login="sato", name="佐藤", roles=[Role.SHELTER])
    ).code
    visitor = sessions.find(services, welcome(services, Attempt("sato", PASSWORD, code)).token)
    key = shelter_passes.issue(services, services, visitor, [hojo], "受付").key
    origin = {"Origin": f"https://{production.base_url.host}:{production.base_url.port}"}
    answer = production.post("/office/shelter/begin", data={"key": key}, headers=origin)
    said = answer.headers["set-cookie"]
    assert said.startswith("__Host-bosai-shelter=")
    assert "Secure" in said
    cookie = {"Cookie": said.partition(";")[0]}
    assert production.get("/office/shelter", headers=cookie).status_code == 200
    assert production.get("/office/shelter").status_code == 401


def test_the_key_of_a_link_goes_into_no_referrer(client):
    answer = client.get("/office/shelter/begin", params={"key": "anything"})
    assert answer.headers["referrer-policy"] == "strict-origin"
