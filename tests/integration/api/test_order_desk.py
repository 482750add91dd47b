"""The office's alerts at the desk, from the form to the phones' queue: every way round the rules is closed."""

import re
from contextlib import ExitStack
from datetime import timedelta

import httpx
import pytest

from alerts.office.draft import DraftState
from alerts.people.request import Act
from alerts.people.role import Role
from alerts.ports import Address, Platform
from alerts.service import audit
from alerts.service.office.standing import open_drafts, standing
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.service.register import register
from alerts.service.registration import Registration
from api.office.tokens import form_token

ORDERS = "/office/orders"
DRILL = "/office/drill/orders"


class Officer:
    """Somebody at a browser without a script."""

    def __init__(self, web, token):
        self.web, self.token = web, token

    def get(self, path):
        return self.web.get(path)

    def post(self, path, world=None, **fields):
        of = world or ("drill" if path.startswith(DRILL) else "live")
        return self.web.post(path, data={"form_token": form_token(self.token, of), **fields})


@pytest.fixture
def enter(live, client):
    def entered(login, *roles):
        wanted = Wanted(Act.ADD, login=login, name=f"{login}さん", roles=roles)
        done = administration.add_at_console(live.services, wanted)
        token = welcome(live.services, Attempt(login, "kawa no nagare wa", done.code)).token
        base = str(client.base_url).rstrip("/")
        headers = {"Cookie": f"bosai-session={token}", "Origin": base}
        return Officer(
            stack.enter_context(httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=60)), token
        )

    with ExitStack() as stack:
        yield entered


@pytest.fixture
def aoki(enter):
    return enter("aoki", Role.AUTHOR)


@pytest.fixture
def chiba(enter):
    return enter("chiba", Role.APPROVER)


@pytest.fixture
def phones(drill):
    """Two in the drill's first district and one elsewhere."""
    first, second = (district.id for district in drill.services.pack.districts[:2])
    for name, district in (("a", first), ("b", first), ("c", second)):
        registration = Registration(Address("token", f"desk-{name}"), Platform.ANDROID, "ja", [district], True)
        register(drill.services, registration)
    return first, second


def begin(officer, kind="evacuation_order", desk=DRILL):
    answer = officer.post(desk, template=kind)
    assert answer.status_code == 303
    return answer.headers["location"]


def filled(station, district, version, **more):
    expires = f"{station.clock.now() + timedelta(hours=15):%Y-%m-%dT%H:%M}"  # UTC said as Japan's: six hours from now
    return {
        "where": "chosen",
        "district": district,
        "expires_at": expires,
        "version": version,
        "hazard": "landslide",
    } | more


def submitted(officer, station, district, **more):
    draft = begin(officer)
    answer = officer.post(draft, **filled(station, district, 1, act="submit", **more))
    assert answer.status_code == 303, answer.text
    return draft


def seal_of(page):
    return re.search(r'name="seal" value="(\w{64})"', page)[1]


def approve(officer, draft, **more):
    page = officer.get(f"{draft}/approve")
    return officer.post(f"{draft}/approve", seal=seal_of(page.text), checked="yes", **more)


def chunks(station):
    with station.services.database.read() as uow:
        return [alert.id for alert in uow.alerts.recent(9)]


def test_written_approved_sent_retracted_and_all_of_it_in_the_book(aoki, chiba, drill, live, phones):
    draft = submitted(aoki, drill, phones[0])
    assert "承認待ち" in chiba.get(DRILL).text
    page = chiba.get(f"{draft}/approve").text
    assert "【訓練】" in page
    assert "訓練用の端末だけに届きます" in page
    assert '<span class="strong">2台</span>に届きます' in page
    assert "大東市 警戒レベル４ 避難指示" in page
    answer = approve(chiba, draft)
    assert answer.status_code == 303
    alert = answer.headers["location"].partition("?")[0]
    told = aoki.get(alert).text
    assert "送信中" in told
    assert "承認 chibaさん" in told
    confirm = aoki.get(f"{alert}/prepared/retract").text
    assert "誤りでした" in confirm
    done = aoki.post(f"{alert}/prepared/retract", seen="1")
    assert done.status_code == 303
    assert "終わりました" in aoki.get(alert).text
    assert aoki.post(f"{alert}/prepared/retract", seen="1").status_code == 409
    acts = [entry.action for entry in reversed(audit.newest(drill.services, 20)) if entry.action.startswith("order.")]
    assert acts == ["order.begin", "order.submit", "order.approve", "order.prepared"]
    assert audit.check(drill.services).faults == ()
    assert chunks(live) == []


def test_a_second_click_on_approve_leads_to_what_was_sent(aoki, chiba, drill, phones):
    draft = submitted(aoki, drill, phones[0])
    fields = {"seal": seal_of(chiba.get(f"{draft}/approve").text), "checked": "yes"}
    first, second = (chiba.post(f"{draft}/approve", **fields) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(chunks(drill)) == 1


def test_r2_the_author_with_both_roles_cannot_approve_his_own_text(enter, drill, phones):
    both = enter("both", Role.AUTHOR, Role.APPROVER)
    draft = submitted(both, drill, phones[0])
    page = both.get(f"{draft}/approve")
    assert "ご自分では承認できません" in page.text
    with drill.services.database.read() as uow:
        seal = uow.office.draft(draft.rpartition("/")[2]).seal
    answer = both.post(f"{draft}/approve", seal=seal, checked="yes")
    assert (answer.status_code, "ご自分が書いた内容は承認できません" in answer.text) == (409, True)
    assert chunks(drill) == []


def test_r2_an_edit_voids_what_the_approver_has_on_his_screen(aoki, chiba, drill, phones):
    draft = submitted(aoki, drill, phones[0])
    seal = seal_of(chiba.get(f"{draft}/approve").text)
    assert aoki.post(draft, act="back", version="1").status_code == 303
    assert aoki.post(draft, **filled(drill, phones[1], 2, act="submit")).status_code == 303
    answer = chiba.post(f"{draft}/approve", seal=seal, checked="yes")
    assert (answer.status_code, "確認した後に内容が変わりました" in answer.text) == (409, True)
    assert chunks(drill) == []


def test_an_approver_without_the_tick_sends_nothing(aoki, chiba, drill, phones):
    draft = submitted(aoki, drill, phones[0])
    seal = seal_of(chiba.get(f"{draft}/approve").text)
    assert chiba.post(f"{draft}/approve", seal=seal).status_code == 422
    assert chunks(drill) == []


def test_r6_alone_only_after_a_minute_with_a_reason_and_loud(aoki, drill, phones):
    draft = submitted(aoki, drill, phones[0])
    with drill.services.database.read() as uow:
        seal = uow.office.draft(draft.rpartition("/")[2]).seal
    early = aoki.post(f"{draft}/alone", seal=seal, reason="承認者と連絡が取れないため")
    assert (early.status_code, "秒待ってください" in early.text) == (409, True)
    assert "後に、一人で発信できるようになります" in aoki.get(draft).text
    drill.clock.forward(seconds=61)
    assert "一人で発信する</summary>" in aoki.get(draft).text
    assert aoki.post(f"{draft}/alone", seal=seal, reason="急ぎ").status_code == 409
    assert aoki.post(f"{draft}/alone", seal=seal, reason="承認者と連絡が取れないため").status_code == 303
    with drill.services.database.read() as uow:
        assert [one.kind for one in uow.alarms.open_kinds()] == ["alone"]


def test_two_officers_on_one_draft_lose_nothing(aoki, enter, drill, phones):
    baba = enter("baba", Role.AUTHOR)
    draft = begin(aoki, "free")
    first = filled(drill, phones[0], 1, act="save", written="先に保存した文章です。")
    assert baba.post(draft, **first).status_code == 303
    answer = aoki.post(draft, **(first | {"written": "後から保存した文章です。"}))
    assert answer.status_code == 409
    assert "ほかの人が先に" in answer.text
    assert "後から保存した文章です。" in answer.text
    assert "先に保存した文章です。" in answer.text
    assert "babaさん" in answer.text


def test_a_half_written_draft_is_kept_with_what_is_missing_and_cannot_be_submitted(aoki, drill):
    draft = begin(aoki, "missing_person")
    answer = aoki.post(draft, where="chosen", version="1", act="submit", expires_at="いつか", written="")
    assert (answer.status_code, "有効期限を、日付と時刻で入力してください" in answer.text) == (422, True)
    answer = aoki.post(draft, **filled(drill, [], 1, act="submit"))
    assert answer.status_code == 422
    page = aoki.get(draft).text
    assert "地区が選ばれていません" in page
    assert "本文が入力されていません" in page
    (kept,) = open_drafts(drill.services)
    assert kept.state is DraftState.EDITING


def test_districts_come_by_school_district_by_postcode_and_go_again(aoki, drill):
    pack = drill.services.pack
    group = next(one for one in pack.groups.values() if one.layer == "elementary")
    draft = begin(aoki)
    aoki.post(draft, **filled(drill, [], 1, add=group.id))
    (kept,) = open_drafts(drill.services)
    assert set(kept.content.districts) == set(group.districts)
    outside = next(one for one in pack.districts if one.id not in group.districts)
    aoki.post(draft, **filled(drill, list(group.districts), 2, act="postcode", postcode=outside.postal_code))
    (kept,) = open_drafts(drill.services)
    assert outside.id in kept.content.districts
    aoki.post(draft, **filled(drill, list(kept.content.districts), 3, drop=group.id))
    (kept,) = open_drafts(drill.services)
    assert not set(kept.content.districts) & set(group.districts)
    unknown = aoki.post(draft, **filled(drill, list(kept.content.districts), 4, act="postcode", postcode="999-9999"))
    assert (unknown.status_code, "郵便番号の地区は市内にありません" in unknown.text) == (422, True)


def test_r7_the_whole_city_is_said_with_its_own_tick(aoki, drill):
    draft = begin(aoki)
    aoki.post(draft, **filled(drill, [], 1, where="city"))
    (kept,) = open_drafts(drill.services)
    assert kept.content.districts is None
    assert "市内全域" in aoki.get(draft).text


@pytest.mark.parametrize("fields", [{"district": "atlantis"}, {"shelter": "atlantis"}])
def test_a_place_that_there_is_not_is_refused(aoki, drill, fields):
    draft = begin(aoki)
    answer = aoki.post(draft, **(filled(drill, [], 1) | fields))
    assert (answer.status_code, "この市にない地区や施設" in answer.text) == (422, True)


def test_script_in_every_field_comes_back_as_text(aoki, chiba, drill, phones):
    evil = "<script>alert(1)</script>\"'>"
    draft = begin(aoki, "free")
    aoki.post(draft, **filled(drill, phones[0], 1, act="submit", written=f"広報 {evil}", hazard=evil, postcode=evil))
    for page in (aoki.get(draft), chiba.get(f"{draft}/approve"), aoki.get(DRILL)):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    assert chiba.post(f"{draft}/approve/back", why=evil).status_code == 303


def test_r1_a_live_form_is_none_of_the_drill_and_a_drill_draft_none_of_the_live_world(aoki, chiba, drill, live, phones):
    draft = submitted(aoki, drill, phones[0])
    elsewhere = draft.replace(DRILL, ORDERS)
    assert aoki.post(draft, world="live", **filled(drill, phones[0], 1)).status_code == 403
    assert chiba.post(f"{elsewhere}/approve", seal="0" * 64, checked="yes").status_code in {404, 409}
    assert chunks(live) == chunks(drill) == []


def test_whoever_may_not_is_told_so(enter, drill, phones, aoki):
    viewer = enter("viewer", Role.VIEWER)
    draft = submitted(aoki, drill, phones[0])
    assert viewer.get(draft).status_code == 200
    assert viewer.get(f"{draft}/approve").status_code == 403
    assert viewer.post(DRILL, template="free").status_code == 403
    assert viewer.post(draft, **filled(drill, phones[0], 1)).status_code == 403
    assert aoki.get(f"{draft}/approve").status_code == 403
    assert viewer.get(f"{DRILL}/drafts/d0").status_code == 404
    assert viewer.get(f"{DRILL}/alerts/d0").status_code == 404
    assert aoki.post(DRILL, template="volcano").status_code == 422


def test_an_order_is_raised_by_a_draft_that_another_person_approves(aoki, chiba, drill, phones):
    draft = submitted(aoki, drill, phones[0])
    alert = approve(chiba, draft).headers["location"].partition("?")[0]
    follow = aoki.post(f"{alert}/follow", change="raise", template="emergency_safety")
    assert follow.status_code == 303
    raised = follow.headers["location"]
    assert aoki.post(raised, **filled(drill, phones[0], 1, act="submit")).status_code == 303
    assert approve(chiba, raised).status_code == 303
    (one,) = standing(drill.services)
    assert (one.alert.level, one.alert.last_revision) == (5, 2)
    assert aoki.post(f"{alert}/follow", change="raise", template="evacuation_elderly").status_code == 409


def test_a_discarded_draft_is_gone_from_the_list_and_cannot_be_sent(aoki, chiba, drill, phones):
    draft = submitted(aoki, drill, phones[0])
    seal = seal_of(chiba.get(f"{draft}/approve").text)
    assert aoki.post(draft, act="discard", version="1").status_code == 303
    assert chiba.post(f"{draft}/approve", seal=seal, checked="yes").status_code == 409
    assert open_drafts(drill.services) == ()
    assert chunks(drill) == []
