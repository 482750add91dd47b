"""Held telegrams and the simulator at the desk: why, what it would do, and what the office decided (issue 8.8)."""

from contextlib import ExitStack

import httpx
import pytest
from test_held_api import send

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service import audit
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from api.office.tokens import form_token

DESK = "/office/telegrams"


@pytest.fixture
def enter(live, client):
    def entered(login, *roles):
        done = administration.add_at_console(live.services, Wanted(Act.ADD, login=login, name="佐藤", roles=roles))
        token = welcome(live.services, Attempt(login, "kawa no nagare wa", done.code)).token
        base = str(client.base_url).rstrip("/")
        headers = {"Cookie": f"bosai-session={token}", "Origin": base}
        web = stack.enter_context(httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=60))
        return web, lambda path, world="live", **fields: web.post(
            path, data={"form_token": form_token(token, world), **fields}
        )

    with ExitStack() as stack:
        yield entered


@pytest.fixture
def strange(live):
    """A warning with a code that no table knows; its id is an address, as JMA's are."""
    address = "https://www.example.jp/20260901_0_VPWW55.xml"
    send(live, address, unknown=True)
    return address


def test_a_held_telegram_is_explained_and_decided_once(enter, live, strange):
    web, post = enter("sato", Role.AUTHOR)
    listed = web.get(DESK).text
    assert "確認待ち" in listed
    page = web.get(f"{DESK}/stored", params={"id": strange}).text
    assert "未知のコード" in page
    assert "99" in page
    assert "何も発表されていない状態" in web.get(f"{DESK}/stored", params={"id": strange, "against": "empty"}).text
    done = post(f"{DESK}/stored/seen", id=strange, note="気象庁に電話で確認した")
    assert done.status_code == 303
    assert "確認済みとして記録しました" in web.get(done.headers["location"]).text
    assert post(f"{DESK}/stored/seen", id=strange, note="もう一度").status_code == 303
    acts = [entry for entry in audit.newest(live.services, 9) if entry.action == "held.set_aside"]
    assert [entry.after["note"] for entry in acts] == ["気象庁に電話で確認した"]
    assert "確認待ち</span>" not in web.get(DESK).text


def test_read_again_says_that_nothing_is_new(enter, live, strange):
    web, post = enter("sato", Role.AUTHOR)
    done = post(f"{DESK}/stored/again", id=strange)
    assert "結果は変わりませんでした" in web.get(done.headers["location"]).text
    assert audit.newest(live.services, 1)[0].action == "held.read_again"


def test_what_cannot_be_decided_is_said(enter, strange):
    viewer, post_as_viewer = enter("viewer", Role.VIEWER)
    assert viewer.get(f"{DESK}/stored", params={"id": strange}).status_code == 200
    assert post_as_viewer(f"{DESK}/stored/seen", id=strange, note="見ました").status_code == 403
    _, post = enter("sato", Role.AUTHOR)
    assert post(f"{DESK}/stored/seen", id=strange, note=" ").status_code == 422
    assert post(f"{DESK}/stored/seen", id="nothing", note="見ました").status_code == 409
    assert viewer.get(f"{DESK}/stored", params={"id": "nothing"}).status_code == 404


def test_the_simulator_says_whom_a_drills_telegram_would_reach_and_changes_nothing(enter, drill):
    web, post = enter("viewer", Role.VIEWER)
    page = post("/office/drill/telegrams/simulate", "drill", step="storm 9", against="empty", xml="")
    assert page.status_code == 200
    assert "【訓練】" in page.text
    assert "レベル４" in page.text
    assert "台</span>に届きます" in page.text
    with drill.services.database.read() as uow:
        assert uow.alerts.recent(9) == []
        assert uow.telegrams.counts_by_outcome() == {}
    assert web.get("/office/drill/telegrams").status_code == 200


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"step": "nothing 1", "xml": ""}, 422, "貼り付けるか"),
        ({"step": "storm 99", "xml": ""}, 422, "貼り付けるか"),
        ({"step": "", "xml": "<script>alert(1)</script>"}, 200, "保留"),
        ({"step": "", "xml": "あ" * 60_000}, 200, "保留"),
    ],
)
def test_whatever_is_pasted_is_answered_in_words(enter, fields, status, words):
    _, post = enter("viewer", Role.VIEWER)
    answer = post(f"{DESK}/simulate", against="now", **fields)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert "<script>alert" not in answer.text
