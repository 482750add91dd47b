"""R1: who comes from the drill is asked before anything of the live desk is taken, in whichever window."""

from typing import Annotated

import pytest
from fastapi import Depends, Request

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service.people import administration, sessions
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from api.app import create_app
from api.office.desk.desk import Desk
from api.office.door import Door, Posted
from api.office.pages import see
from api.office.refusals import still_at_drill
from api.office.tokens import form_token
from api.residents.world import WorldApi

PASSWORD = "kawa no nagare wa"
HTML = {"Accept": "text/html"}


def sample(desk: Desk, taken: list[str]):
    """A page of the desk like any other: it shows something, and takes a form."""
    router = desk.router()

    @router.get("/sample")
    def show(request: Request, visitor: Annotated[object, Depends(desk.needs(Role.AUTHOR))]):
        return desk.render(request, "refusal.html", visitor, refusal=still_at_drill())

    @router.post("/sample")
    def take(_: Annotated[Posted, Depends(desk.posts(Role.AUTHOR))]):
        taken.append(desk.name)
        return see(f"{desk.path}/sample")

    return router


@pytest.fixture
def taken() -> list[str]:
    return []


@pytest.fixture
def officer(live, drill, serve, taken):
    """A browser of an author who has logged in, and what forms of his carry, by world."""
    app = create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02)
    for station in (live, drill):
        app.include_router(sample(Desk.of(WorldApi.of(station.services, None, ()), Door(live.services)), taken))
    web = serve(app)
    done = administration.add_at_console(live.services, Wanted(Act.ADD, login="sato", name="佐藤", roles=[Role.AUTHOR]))
    signed_in = welcome(live.services, Attempt("sato", PASSWORD, done.code))
    assert sessions.find(live.services, signed_in.token)
    web.cookies.set("bosai-session", signed_in.token)
    web.headers["Origin"] = str(web.base_url).rstrip("/")
    return web, {world: {"form_token": form_token(signed_in.token, world)} for world in ("live", "drill")}


def test_who_never_opened_the_drill_is_asked_nothing(officer, taken):
    web, forms = officer
    assert web.get("/office/sample", headers=HTML).status_code == 200
    assert web.post("/office/sample", data=forms["live"]).status_code == 303
    assert taken == ["live"]


def test_a_live_form_that_was_open_before_the_drill_is_not_taken(officer, taken):
    web, forms = officer
    web.get("/office/sample", headers=HTML)
    assert web.get("/office/drill/sample", headers=HTML).status_code == 200  # one click, perhaps in another window
    refused = web.post("/office/sample", data=forms["live"])
    assert refused.status_code == 409
    assert "操作は行っていません" in refused.text
    assert "/office/live" in refused.text
    assert web.post("/office/drill/sample", data=forms["drill"]).status_code == 303
    assert taken == ["drill"]


def test_a_window_of_the_drill_in_the_background_is_not_where_he_is(officer, taken):
    web, forms = officer
    assert web.get("/office/drill/sample", headers={"Accept": "*/*"}).status_code == 200  # its script asks what is new
    assert web.post("/office/sample", data=forms["live"]).status_code == 303
    assert taken == ["live"]


def test_from_the_drill_a_live_page_asks_first_and_then_opens(officer, taken):
    web, forms = officer
    web.get("/office/drill/sample", headers=HTML)
    asked = web.get("/office/sample?of=1", headers=HTML)
    assert (asked.status_code, asked.headers["location"]) == (303, "/office/live?next=/office/sample%3Fof%3D1")
    question = web.get(asked.headers["location"], headers=HTML)
    assert "訓練ではありません" in question.text
    assert "住民の端末に実際に届きます" in question.text
    assert web.get("/office/sample", headers=HTML).status_code == 303  # having read the question is no answer
    answered = web.post("/office/live", data=forms["live"] | {"next": "/office/sample?of=1"})
    assert (answered.status_code, answered.headers["location"]) == (303, "/office/sample?of=1")
    assert web.get("/office/sample", headers=HTML).status_code == 200
    assert web.post("/office/sample", data=forms["live"]).status_code == 303
    web.get("/office/drill/sample", headers=HTML)
    assert web.post("/office/sample", data=forms["live"]).status_code == 409  # each time anew
    assert taken == ["live"]


def test_the_answer_is_taken_from_the_live_question_only_and_leads_nowhere_else(officer):
    web, forms = officer
    web.get("/office/drill/sample", headers=HTML)
    assert web.post("/office/live", data=forms["drill"]).status_code == 403
    assert web.get("/office/sample", headers=HTML).status_code == 303
    for wanted in ("https://evil.example", "//evil.example", "/office/drill/sample", "/office/live"):
        answer = web.post("/office/live", data=forms["live"] | {"next": wanted})
        assert answer.headers["location"] == "/office"


def test_word_and_border_are_on_the_drill_s_pages_and_on_no_live_one(officer):
    web, _ = officer
    pages = {path: web.get(path, headers=HTML).text for path in ("/office/sample", "/office/drill/sample")}
    assert ['<body class="drill">' in page for page in pages.values()] == [False, True]
    assert ["【訓練】" in page for page in pages.values()] == [False, True]
    assert ["/office/live" in page.split("<main")[0] for page in pages.values()] == [False, True]


def test_going_out_leaves_the_drill_too(officer):
    web, forms = officer
    web.get("/office/drill/sample", headers=HTML)
    assert web.cookies.get("bosai-desk") == "drill"
    web.post("/office/logout", data=forms["live"])
    assert web.cookies.get("bosai-desk") is None
