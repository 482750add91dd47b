"""Every address of the office asks for a login and a role; what comes from elsewhere is refused with words."""

import re
from collections.abc import Iterator

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from alerts.people.request import Act
from alerts.people.role import Role, may
from alerts.service import audit
from alerts.service.people import account, administration, sessions
from alerts.service.people.administration import Wanted
from alerts.service.people.refused import Reason
from alerts.service.people.signing_in import Attempt, welcome
from api.app import create_app
from api.office.door import Needs, Operators, Posts
from api.office.passes.guard import HolderPosts, Holds
from api.office.people.words import REASONS
from api.office.tokens import form_token

PASSWORD = "kawa no nagare wa"
OPEN = {  # what must work before there is a session: each with the reason that nothing is behind it
    ("GET", "/office/login"),
    ("POST", "/office/login"),
    ("POST", "/office/login/passkey"),
    ("POST", "/office/login/passkey/options"),
    ("GET", "/office/welcome"),
    ("POST", "/office/welcome"),
    ("GET", "/office/shelter/begin"),  # whoever holds a link
    ("POST", "/office/shelter/begin"),
    ("GET", "/office/shelter/ended"),  # a sentence
}


def routes_of(router) -> Iterator[APIRoute]:
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from routes_of(route.original_router)


GUARDS = Needs | Posts | Operators | Holds | HolderPosts
OF_A_SHELTER = Holds | HolderPosts


def guards(dependant) -> Iterator[GUARDS]:
    for each in dependant.dependencies:
        if isinstance(each.call, GUARDS):
            yield each.call
        yield from guards(each)


def office_routes(app: FastAPI) -> list[tuple[str, str, list]]:
    found = [route for route in routes_of(app) if re.match(r"(/v1(/drill)?)?/office(/|\.|$)", route.path)]
    return [(method, route.path, list(guards(route.dependant))) for route in found for method in sorted(route.methods)]


@pytest.fixture
def app(live, drill):
    return create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02)


@pytest.fixture
def web(app, serve) -> httpx.Client:
    return serve(app)


@pytest.fixture
def enter(live, web):
    """Somebody with these roles, logged in: headers of his browser, and his session."""

    def entered(login, *roles):
        people = live.services
        done = administration.add_at_console(people, Wanted(Act.ADD, login=login, name=login, roles=roles))
        signed_in = welcome(people, Attempt(login, PASSWORD, done.code))
        headers = {"Cookie": f"bosai-session={signed_in.token}", "Origin": str(web.base_url).rstrip("/")}
        return headers, sessions.find(people, signed_in.token)

    return entered


def concrete(path):
    return re.sub(r"\{[^}]*\}", "1", path)


def test_every_office_route_has_a_guard_that_names_a_role(app):
    found = office_routes(app)
    assert len(found) > 30
    unguarded = {(method, path) for method, path, guarding in found if not guarding}
    assert unguarded == OPEN
    writing = [each for each in found if each[0] != "GET" and each[1].startswith("/office") and each[:2] not in OPEN]
    assert all(any(isinstance(guard, Posts | HolderPosts) for guard in guarding) for _, _, guarding in writing)


def test_without_a_login_every_office_route_is_shut(app, web, enter):
    enter("sato", Role.ADMINISTRATOR)  # from now on the machine itself is trusted no more
    origin = {"Origin": str(web.base_url).rstrip("/")}
    for method, path, guarding in office_routes(app):
        if not guarding:
            continue
        answer = web.request(method, concrete(path), headers=origin)
        if path.startswith("/v1"):
            assert answer.json()["type"] == "urn:bosai:problem:login-needed", path
        elif method == "GET" and not isinstance(guarding[0], OF_A_SHELTER):
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/office/login"), path
        else:
            assert answer.status_code == 401, path
            assert "ログイン" in answer.text or "新しいリンクの発行" in answer.text


@pytest.mark.parametrize("held", Role)
def test_a_role_that_is_not_enough_is_told_what_to_do(app, web, enter, held):
    headers, visitor = enter("sato", held)
    shut = 0
    for method, path, guarding in office_routes(app):
        if any(isinstance(guard, OF_A_SHELTER) for guard in guarding):
            continue  # no officer's: test_shelter_pages.py
        needed = [guard.role for guard in guarding if guard.role is not None]
        if all(may({held}, role) for role in needed):
            continue
        shut += 1
        world = "drill" if path.startswith("/office/drill/") else "live"
        token = {"form_token": form_token(visitor.token, world)}
        form = {"data": token} if method != "GET" and path.startswith("/office") else {}
        answer = web.request(method, concrete(path), headers=headers, **form)
        assert answer.status_code == 403, path
        assert "権限" in answer.text or "role" in answer.json()["detail"], path
    assert shut > 0


def post(web, headers, path="/office/account/reachable", **fields):
    return web.post(path, headers=headers, data=fields)


def test_a_form_needs_the_token_of_its_session_and_its_world(live, web, enter):
    (headers, visitor), (_, other) = enter("sato", Role.AUTHOR), enter("mori", Role.AUTHOR)
    for token in ("", "x" * 64, form_token(other.token, "live"), form_token(visitor.token, "drill")):
        answer = post(web, headers, form_token=token, hours="2")
        assert answer.status_code == 403
        assert "操作は行っていません" in answer.text
    assert account.account(live.services, visitor).reachable_until is None
    assert post(web, headers, form_token=form_token(visitor.token, "live"), hours="2").status_code == 303
    assert account.account(live.services, visitor).reachable_until is not None


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
@pytest.mark.parametrize("path", ["/office/account/reachable", "/office/login", "/office/login/passkey/options"])
def test_a_page_of_another_site_sends_nothing(web, enter, path, origin):
    headers, visitor = enter("sato", Role.AUTHOR)
    headers = {"Cookie": headers["Cookie"]} | ({"Origin": origin} if origin else {})
    assert post(web, headers, path, form_token=form_token(visitor.token, "live"), hours="2").status_code == 403


def test_another_site_changes_nothing_by_json_either(web, enter):
    headers, _ = enter("sato", Role.AUTHOR)
    evil = headers | {"Origin": "https://evil.example"}
    body = {"reports": [{"facility": "E2721800042", "version": 0, "state": "open"}]}
    assert web.post("/v1/office/shelters/reports", headers=evil, json=body).status_code == 403


def test_a_replayed_form_does_not_act_twice_and_a_forgotten_session_does_not_act(live, web, enter):
    headers, visitor = enter("sato", Role.AUTHOR)
    sessions.sign_out(live.services, visitor)
    answer = post(web, headers, form_token=form_token(visitor.token, "live"), hours="2")
    assert answer.status_code == 401
    assert "ログインし直して" in answer.text


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/v1/alerts", "/office/login", "javascript:1"],
)
def test_the_login_leads_nowhere_else(web, wanted):
    page = web.get("/office/login", params={"next": wanted})
    assert 'name="next" value="/office"' in page.text


def test_what_is_typed_is_shown_as_text(web):
    evil = '"><script>alert(1)</script>'
    answer = web.post("/office/login", data={"login": evil}, headers={"Origin": str(web.base_url).rstrip("/")})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_cookies_are_for_this_host_and_not_for_scripts(live, web, enter):
    enter("sato", Role.AUTHOR)
    done = administration.reset_at_console(live.services, "sato", everything=False)
    form = {"login": "sato", "password": PASSWORD, "code": done.code}
    answer = web.post("/office/login", data=form, headers={"Origin": str(web.base_url).rstrip("/")})
    assert answer.status_code == 303
    set_cookies = answer.headers.get_list("set-cookie")
    assert len(set_cookies) == 2
    assert all("HttpOnly" in each and "SameSite=lax" in each and "Domain" not in each for each in set_cookies)


def test_in_production_cookies_are_host_only_and_need_https(live, production):
    administration.add_at_console(live.services, Wanted(Act.ADD, login="sato", name="佐藤", roles=[Role.VIEWER]))
    code = administration.reset_at_console(live.services, "sato", everything=True).code
    form = {"login": "sato", "code": code, "password": PASSWORD, "again": PASSWORD}
    origin = {"Origin": f"https://{production.base_url.host}:{production.base_url.port}"}
    answer = production.post("/office/welcome", data=form, headers=origin)
    assert all(each.startswith("__Host-bosai-") and "Secure" in each for each in answer.headers.get_list("set-cookie"))
    assert answer.status_code == 303


def test_the_drill_s_addresses_know_the_live_world_s_officers_and_write_the_drill_s_book(live, drill, web, enter):
    headers, visitor = enter("sato", Role.AUTHOR)
    assert web.get("/v1/drill/office/held", headers=headers).status_code == 200
    before = len(audit.newest(live.services, 500))
    site = next(iter(web.get("/v1/drill/shelters").json()["shelters"]))
    body = {"reports": [{"facility": site["id"], "version": 0, "state": "open"}]}
    assert web.post("/v1/drill/office/shelters/reports", headers=headers, json=body).status_code == 200
    assert [entry.who for entry in audit.newest(drill.services, 5)] == ["sato (sato)"]
    assert len(audit.newest(live.services, 500)) == before
    assert visitor.officer.id == audit.newest(drill.services, 1)[0].officer_id


def test_the_book_as_a_table_holds_no_formula(live, web, enter):
    headers, visitor = enter("sato", Role.ADMINISTRATOR)
    with live.services.database.write() as uow:
        audit.record(uow, visitor.actor, "=HYPERLINK(1)", {"note": "=1+1"}, None, live.clock.now())
    answer = web.get("/office/audit.csv", headers=headers)
    assert answer.headers["content-type"].startswith("text/csv")
    assert ",'=HYPERLINK(1)," in answer.text
    assert answer.text.startswith("\ufeffnumber,at,world")


def test_a_lost_telephone_is_replaced_on_the_people_s_page(live, web, enter):
    (headers, boss), (_, mori) = enter("sato", Role.ADMINISTRATOR), enter("mori", Role.APPROVER)
    offer = account.offer_totp(live.services, mori, "x")
    code = pyotp.TOTP(offer.secret).at(int(live.clock.now().timestamp()))
    account.set_totp(live.services, mori, offer.sealed, code)
    fields = {"form_token": form_token(boss.token, "live"), "officer": mori.officer.id}
    page = post(web, headers, "/office/people/code", **fields)
    given = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", page.text)[0]
    origin = {"Origin": headers["Origin"]}
    form = {"login": "mori", "password": PASSWORD, "code": given, "next": "/office/people"}
    answer = web.post("/office/login", data=form, headers=origin)
    assert answer.headers["location"] == "/office/people"


def test_every_refusal_has_a_sentence():
    assert set(REASONS) | {Reason.WAIT} == set(Reason)
    assert all(sentence.endswith("。") for sentence in REASONS.values())
