"""The office's first page through real HTTP: what holds, what waits, who may see it, and the stream of its changes."""

import re
from contextlib import ExitStack
from datetime import timedelta

import httpx
import pytest

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.proposal import ProposalState
from alerts.service import openings, proposals
from alerts.service.people import account, administration, sessions
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.service.propose import propose
from alerts.shelter.opening import OpeningState
from alerts.shelter.report import OpeningReport
from alerts.telegram.composition import Stated
from api.office.shelters import OFFICE
from api.office.tokens import form_token


@pytest.fixture
def enter(live, client):
    """Somebody with these roles, logged in: a browser of his, and his session."""

    def entered(*roles):
        login = f"officer-{'-'.join(roles)}"
        done = administration.add_at_console(live.services, Wanted(Act.ADD, login=login, name="佐藤", roles=roles))
        token = welcome(live.services, Attempt(login, "kawa no nagare wa", done.code)).token
        base = str(client.base_url).rstrip("/")
        headers = {"Cookie": f"bosai-session={token}", "Origin": base}
        web = stack.enter_context(httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=60))
        return web, sessions.find(live.services, token)

    with ExitStack() as stack:
        yield entered


@pytest.fixture
def proposed(live):
    """A level 4 warning is in force, and an order is proposed."""
    live.read_feeds()
    live.send("VPWW56", Stated("49"))
    propose(live.services)
    return proposals.holding(live.services)[0]


def decide(web, visitor, proposal, world="live", **said):
    form = {"form_token": form_token(visitor.token, world), "verdict": "confirm", "note": "基準に達したため"} | said
    desk = "/office/drill" if world == "drill" else "/office"
    return web.post(f"{desk}/proposals/{proposal.id}/decision", data=form)


def test_the_page_says_what_is_in_force_and_what_waits(enter, live, pack, proposed, eventually):
    web, visitor = enter(Role.AUTHOR, Role.APPROVER)
    account.reachable_for(live.services, visitor, timedelta(hours=2))
    hojo = next(site for site in pack.sites if "北条小" in site.name)
    openings.report(live.services, OFFICE, [OpeningReport(hojo.facility, 0, state=OpeningState.OPEN, occupancy=34)])
    live.alarm("held:1", "held")
    eventually(lambda: "レベル４土砂災害危険警報" in web.get("/office").text)
    page = web.get("/office").text
    assert "警戒レベル４相当" in page
    assert "判断待ち：避難指示（警戒レベル4）の発令の提案" in page
    assert "いま連絡のつく承認者：1人" in page
    assert "1か所を開設中" in page
    assert "避難者 34人" in page
    assert "解釈できず保留している電文" in page
    assert "送信待ち" in page or "送信の記録はありません" in page
    assert "【訓練】" not in page


def test_every_district_is_on_the_map_and_in_the_table_in_words(enter, live, pack, proposed, eventually):
    web, _ = enter(Role.VIEWER)
    eventually(lambda: "レベル４土砂災害危険警報" in web.get("/office").text)
    page = web.get("/office").text
    assert len(re.findall(r"<path ", page)) == len(pack.districts)
    for district in pack.districts:
        words = f"{district.name}：レベル４土砂災害危険警報"
        assert f'<a href="#t-{district.id}" aria-label="{words}">' in page
        assert f'<tr id="t-{district.id}"><th scope="row">{district.name}</th>' in page
    assert set(re.findall(r'<path [^>]*fill="(#\w+)"', page)) == {"#AA00AA"}


def test_r1_the_drill_has_its_own_page_and_says_so(enter, drill, live, eventually):
    web, _ = enter(Role.VIEWER)
    drill.send("VPWW56", Stated("49"))
    eventually(lambda: "レベル４土砂災害危険警報" in web.get("/office/drill").text)
    page = web.get("/office/drill").text
    assert "【訓練】" in page
    assert 'data-events="/office/drill/events"' in page
    assert "レベル４土砂災害危険警報" not in web.get("/office").text


def test_a_decision_is_recorded_once_and_sends_nothing(enter, live, proposed):
    web, visitor = enter(Role.AUTHOR)
    assert decide(web, visitor, proposed, note=" ").status_code == 422
    assert decide(web, visitor, proposed, verdict="perhaps").status_code == 422
    answer = decide(web, visitor, proposed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/office?done=confirm")
    assert "住民には何も送信していません" in web.get(answer.headers["location"]).text
    (now,) = proposals.holding(live.services)
    assert (now.state, now.decided_by, now.note) == (ProposalState.CONFIRMED, "佐藤", "基準に達したため")
    again = decide(web, visitor, proposed, verdict="decline")
    assert again.status_code == 409
    assert "すでに処理されています" in again.text
    assert proposals.holding(live.services)[0].state is ProposalState.CONFIRMED


def test_r1_a_form_of_the_drill_decides_nothing_in_the_live_world(enter, live, proposed):
    web, visitor = enter(Role.AUTHOR)
    assert decide(web, visitor, proposed, form_token=form_token(visitor.token, "drill")).status_code == 403
    assert decide(web, visitor, proposed, world="drill").status_code == 404
    assert proposals.holding(live.services)[0].state is ProposalState.OPEN


@pytest.mark.parametrize("world", ["/office", "/office/drill"])
def test_whoever_may_not_see_it_lands_where_he_may(enter, client, world):
    web, _ = enter(Role.SHELTER)
    answer = web.get(world)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{world}/shelters")
    assert web.get(answer.headers["location"]).status_code == 200
    assert web.get(f"{world}/events").status_code == 403
    assert client.get(f"{world}/events").headers["location"].startswith("/office/login")


def test_r30_without_a_database_the_page_of_a_world_says_what_it_does_not_know(enter, drill):
    web, _ = enter(Role.VIEWER)
    drill.lose_database()
    page = web.get("/office/drill")
    assert page.status_code == 200
    assert "データベースを読み込めません" in page.text
    assert "件</h2>" not in page.text


def events(answer):
    for line in answer.iter_lines():
        if line.startswith("event: "):
            yield line.removeprefix("event: ")


def test_the_stream_says_that_something_waits_and_nothing_of_what_it_is(enter, live):
    web, _ = enter(Role.VIEWER)
    with web.stream("GET", "/office/events") as answer:
        heard = events(answer)
        assert next(heard) == "changed"
        live.alarm("held:1", "held")
        assert "changed" in {next(heard) for _ in range(2)}
        live.alarm("held:2", "held")
        assert "changed" in {next(heard) for _ in range(3)}


def test_what_a_script_asks_for_keeps_nobody_logged_in(enter, clock, pack):
    web, _ = enter(Role.VIEWER)
    half = pack.policy.sessions.idle / 2
    clock.forward(seconds=half.total_seconds() + 1)
    assert web.get("/office", headers={"Sec-Fetch-Dest": "empty"}).status_code == 200
    clock.forward(seconds=half.total_seconds() + 1)
    assert web.get("/office").headers["location"].startswith("/office/login")
