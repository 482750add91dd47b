"""The desk's pages of places of refuge through real HTTP: many at once, one tap, and what is refused with words."""

import re
import threading
from contextlib import ExitStack

import httpx
import pytest

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service import audit, openings
from alerts.service.people import administration, sessions
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.shelter.opening import OpeningState
from alerts.shelter.report import OpeningReport, Reporter
from alerts.shelter.site import SiteKind
from alerts.telegram.composition import Stated
from api.office.tokens import form_token

DESKS = {"live": "/office", "drill": "/office/drill"}
LANDSLIDE = ("VPWW56", "49")


@pytest.fixture
def hojo(pack):
    return next(site.facility for site in pack.sites if "北条小" in site.name)


@pytest.fixture
def fit(pack):
    """A place that is designated for floods and landslides."""
    return next(site.facility for site in pack.sites if "landslide" in site.hazards)


@pytest.fixture
def enter(live, client):
    """Somebody with these roles, logged in."""

    def entered(*roles, login="sato"):
        wanted = Wanted(Act.ADD, login=login, name="佐藤", roles=roles or [Role.SHELTER])
        done = administration.add_at_console(live.services, wanted)
        token = welcome(live.services, Attempt(login, "kawa no nagare wa", done.code)).token
        assert sessions.find(live.services, token)
        base = str(client.base_url).rstrip("/")
        headers = {"Cookie": f"bosai-session={token}", "Origin": base}
        web = httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=60)
        return Officer(stack.enter_context(web), token)

    with ExitStack() as stack:
        yield entered


class Officer:
    """An officer's browser."""

    def __init__(self, web, token):
        self.web, self.token = web, token

    def get(self, path="", world="live", **query):
        return self.web.get(f"{DESKS[world]}/shelters{path}", params=query)

    def post(self, path, world="live", **said):
        form = {"form_token": form_token(self.token, world)} | said
        return self.web.post(f"{DESKS[world]}/shelters{path}", data=form)

    def report(self, facility, seen=0, world="live", **said):
        return self.post("/report", world, facility=facility, seen=seen, **said)

    def plan(self, which, to="open", world="live", **query):
        return self.get("/together", world, which=which, to=to, **query)

    def change(self, page, *despite, to="open", world="live"):
        places = re.findall(r'name="place" value="([^"]+)"', page.text)
        return self.post("/together", world, to=to, place=places, despite=list(despite))


def unfit_of(page):
    return re.findall(r'name="despite" value="([^"]+)"', page.text)


def state(station, facility):
    return openings.openings(station.services)[facility].state


def landslide(station):
    kind, code = LANDSLIDE
    station.send(kind, Stated(code))


def test_every_place_is_listed_with_who_reported_when(enter, live, pack, hojo):
    officer = enter(Role.VIEWER)
    openings.report(
        live.services, Reporter("佐藤 (sato)"), [OpeningReport(hojo, 0, state=OpeningState.OPEN, occupancy=34)]
    )
    page = officer.get().text
    assert set(re.findall(r'<li class="card place" id="p-([^"]+)"', page)) == {site.facility for site in pack.sites}
    assert "北条小学校区（" in page
    assert "34人" in page
    assert "9月1日 12:00（0秒前）危機管理 佐藤 (sato)" in page
    assert "1か所を開設中</span>、避難者 34人" in page
    assert "<form" not in page.split('id="places"')[1]  # a viewer changes nothing


def test_the_filters_leave_what_was_asked_for(enter, live, pack, hojo, fit):
    officer = enter(Role.VIEWER)
    openings.report(live.services, Reporter("office"), [OpeningReport(hojo, 0, state=OpeningState.OPEN)])

    def listed(**query):
        return set(re.findall(r'<li class="card place" id="p-([^"]+)"', officer.get(**query).text))

    landslides = {site.facility for site in pack.sites if "landslide" in site.hazards}
    assert listed(fit="landslide") == landslides
    assert hojo not in landslides
    assert listed(**{"is": "open"}) == {hojo}
    assert listed(**{"is": "taking_in", "fit": "landslide"}) == set()
    assert hojo in listed(where="elementary:hojo") != listed()
    assert hojo in listed(where="27218-hojo-6")
    landslide(live)
    assert listed(fit="now") == landslides
    assert listed(where="'><script>", fit="nothing") == {site.facility for site in pack.sites}
    assert "<script>" not in officer.get(where="'><script>alert(1)").text.split("<main")[1]


def test_every_place_within_the_city_is_on_the_map_in_words(enter, live, hojo):
    landslide(live)
    page = enter().get().text
    assert (
        f'<a href="#p-{hojo}" aria-label="北条小学校：未開設。「土砂災害」の指定緊急避難場所ではありません。"' in page
    )
    assert "地図の外にある施設が1か所あります" in page  # 東大阪支援学校


def test_all_that_are_fit_open_in_one_act_and_residents_read_it(enter, client, live, until, pack):
    officer = enter()
    landslide(live)
    page = officer.plan("fit:now")
    assert "本番です。実行すると" in page.text
    assert unfit_of(page) == []
    answer = officer.change(page)
    assert answer.status_code == 303
    assert "19か所を「開設」にしました" in officer.web.get(answer.headers["location"]).text
    fit = {site.facility for site in pack.sites if "landslide" in site.hazards}
    assert set(openings.openings(live.services)) == fit
    entries = audit.newest(live.services, 100)
    assert len([entry for entry in entries if entry.action == "shelter.report"]) == len(fit)
    assert {entry.who for entry in entries[: len(fit)]} == {"佐藤 (sato)"}
    assert audit.check(live.services).faults == ()

    def is_read():
        sites = client.get("/v1/shelters").json()["emergency_sites"]
        return {site["id"][:11] for site in sites if site["opening"] and site["opening"]["state"] == "open"} == fit

    until(is_read)


def test_an_unfit_place_opens_only_by_its_own_tick_and_the_book_says_despite_what(enter, live, hojo):
    officer = enter()
    landslide(live)
    page = officer.plan("elementary:hojo")
    assert "北条小学校" in page.text
    assert "「土砂災害」の指定緊急避難場所ではありません" in page.text
    assert "選ばなければ変更しません" in page.text
    (own,) = [each for each in unfit_of(page) if each.endswith(hojo)]
    assert officer.change(page).status_code == 303
    assert hojo not in openings.openings(live.services)
    page = officer.plan("ticked", facility=[hojo])
    assert officer.change(page).status_code == 422  # nothing was ticked
    assert officer.change(page, own).status_code == 303
    assert state(live, hojo) is OpeningState.OPEN
    assert audit.newest(live.services, 1)[0].after["not_designated_for"] == ["landslide"]
    assert "開設している1か所は、発表中の災害に対する指定がありません" in officer.get().text


def test_a_warning_that_came_after_the_plan_takes_the_whole_act_back(enter, live, hojo, fit):
    officer = enter()
    page = officer.plan("ticked", facility=[hojo, fit])
    assert unfit_of(page) == []
    landslide(live)
    answer = officer.change(page)
    assert answer.status_code == 409
    assert "北条小学校は、発表中の災害に対する指定緊急避難場所ではありません" in answer.text
    assert openings.openings(live.services) == {}
    assert officer.change(answer, *unfit_of(answer)).status_code == 303
    assert {state(live, hojo), state(live, fit)} == {OpeningState.OPEN}


def test_of_two_officers_the_second_is_told_what_is_true_and_nothing_is_changed(enter, live, hojo, fit):
    officer, mori = enter(), enter(Role.AUTHOR, login="mori")
    page = officer.plan("ticked", facility=[hojo, fit])
    assert mori.report(hojo, state="unusable").status_code == 303
    answer = officer.change(page)
    assert answer.status_code == 409
    assert (
        "先に別の報告があった施設：北条小学校（9月1日 12:00に危機管理 佐藤 (mori)が「使用不可」と報告）" in answer.text
    )
    assert "使用不可の施設は、まとめて変更できません" in answer.text
    assert set(openings.openings(live.services)) == {hojo}
    assert officer.change(answer).status_code == 303
    assert (state(live, hojo), state(live, fit)) == (OpeningState.UNUSABLE, OpeningState.OPEN)


def test_a_double_click_opens_once_also_when_both_come_together(enter, live, pack):
    officer = enter()
    page = officer.plan("all")
    barrier, answers = threading.Barrier(2), []

    def click():
        barrier.wait()
        answers.append(officer.change(page).status_code)

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303]
    assert officer.change(page).status_code == 303  # and from the page that is still open behind it
    held = openings.openings(live.services)
    assert set(held) == {site.facility for site in pack.sites}
    assert {each.version for each in held.values()} == {1}
    said = [entry for entry in audit.newest(live.services, 500) if entry.action == "shelter.report"]
    assert len(said) == len(held)


def test_full_and_unusable_places_are_not_opened_by_the_way(enter, live, hojo, fit):
    officer = enter()
    for facility, word in ((hojo, "unusable"), (fit, "open")):
        assert officer.report(facility, state=word).status_code == 303
    assert officer.report(fit, 1, state="full").status_code == 303
    page = officer.plan("all")
    assert "そのままの施設：1か所" in page.text
    assert "変更できない施設：1か所" in page.text
    assert officer.change(page).status_code == 303
    assert (state(live, hojo), state(live, fit)) == (OpeningState.UNUSABLE, OpeningState.FULL)


def test_closing_many_names_the_people_who_are_still_there(enter, live, fit):
    officer = enter()
    officer.report(fit, state="open")
    officer.report(fit, 1, people="12")
    page = officer.plan("all", "closed")
    assert "避難者 12人" in page.text
    assert "避難者が残っていないことを確認してください" in page.text
    assert officer.change(page, to="closed").status_code == 303
    assert state(live, fit) is OpeningState.CLOSED
    assert "避難者 12人" in officer.get(f"/places/{fit}").text  # the history keeps it


def test_one_tap_counts_people_and_a_second_of_the_same_is_the_same(enter, client, live, fit, until):
    officer = enter()
    assert officer.report(fit, state="open").status_code == 303
    for _ in range(2):
        answer = officer.report(fit, 1, people="１０")
        assert answer.headers["location"] == f"/office/shelters?done=reported#p-{fit}"
    assert officer.report(fit, 2, state="full").status_code == 303
    now = openings.openings(live.services)[fit]
    assert (now.version, now.occupancy, now.state) == (3, 10, OpeningState.FULL)

    def is_read():
        sites = client.get("/v1/shelters").json()["emergency_sites"]
        said = [site["opening"] for site in sites if site["id"].startswith(fit)]
        return said and said[0] and (said[0]["state"], said[0]["occupancy"]["people"]) == ("full", 10)

    until(is_read)
    assert "佐藤" not in client.get("/v1/shelters").text


def test_what_the_shelter_reported_meanwhile_is_told_and_not_written_over(enter, live, hojo):
    officer = enter()
    officer.report(hojo, state="open")
    staff = Reporter("北条小学校 受付 (shelter ab12)", frozenset({hojo}))
    openings.report(live.services, staff, [OpeningReport(hojo, 1, state=OpeningState.FULL, occupancy=300)])
    answer = officer.report(hojo, 1, people="20")
    assert answer.status_code == 409
    assert "避難所 北条小学校 受付 (shelter ab12)が「満員」、避難者 300人と報告しています" in answer.text
    assert openings.openings(live.services)[hojo].occupancy == 300


def test_one_unfit_place_is_opened_by_a_decision_and_not_by_a_tap(enter, live, hojo):
    officer = enter()
    landslide(live)
    answer = officer.report(hojo, state="open")
    assert answer.status_code == 409
    assert 'name="despite" value="landslide"' in answer.text
    assert openings.openings(live.services) == {}
    assert officer.report(hojo, state="open", despite="flood").status_code == 409
    assert officer.report(hojo, state="open", despite="landslide").status_code == 303
    assert officer.report(hojo, 1, people="20").status_code == 303  # who is there is counted without a word
    assert [entry.after.get("not_designated_for") for entry in audit.newest(live.services, 2)] == [None, ["landslide"]]


def test_a_place_that_is_a_shelter_alone_is_no_place_to_flee_to(enter, live, pack):
    sites = {site.facility for site in pack.sites if site.kind is SiteKind.EMERGENCY_SITE}
    only = next(site.facility for site in pack.sites if site.facility not in sites)
    landslide(live)
    officer = enter()
    assert "指定緊急避難場所ではありません（指定避難所のみ）" in officer.get(f"/places/{only}").text
    assert officer.report(only, state="open").status_code == 409


@pytest.mark.parametrize(
    "said", [{"state": "full"}, {"people": "5"}, {"people": "many"}, {"people": "-5"}, {"state": "gone"}, {}]
)
def test_what_cannot_be_is_said_on_the_place_s_page(enter, live, fit, said):
    answer = enter().report(fit, **said)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert openings.openings(live.services) == {}


def test_what_residents_should_know_is_told_to_them_as_text(enter, client, live, fit, until):
    officer = enter()
    evil = "</dd><script>alert(1)</script>"
    facts = {"facility": fit, "seen": 0, "capacity": "３００", "floor": "2階以上", "pets": "", "note": evil}
    assert officer.post("/facts", **facts).status_code == 303
    page = officer.get(f"/places/{fit}").text
    assert "<script>alert" not in page
    assert "2階以上" in page
    now = openings.openings(live.services)[fit]
    assert (now.capacity, now.floor, now.pets, now.note) == (300, "2階以上", None, evil)
    for wrong in ({"note": "あ" * 201}, {"capacity": "0"}, {"capacity": "many"}, {"pets": "a\nb"}):
        assert officer.post("/facts", **{**facts, "seen": 1, **wrong}).status_code == 422
    until(lambda: "2階以上" in client.get("/v1/shelters").text)


def test_r1_the_drill_s_places_are_its_own_and_a_form_of_one_world_does_nothing_in_the_other(enter, live, drill, fit):
    officer = enter()
    page = officer.plan("fit:flood", world="drill")
    assert "【訓練】住民には公開されません" in page.text
    assert 'action="/office/drill/shelters/together"' in page.text
    assert officer.change(page, world="drill").status_code == 303
    assert state(drill, fit) is OpeningState.OPEN
    assert openings.openings(live.services) == {}
    live_token, drill_token = (form_token(officer.token, world) for world in ("live", "drill"))
    form = {"facility": fit, "seen": 0, "state": "open"}
    for desk, foreign in (("/office", drill_token), ("/office/drill", live_token)):
        for path in ("report", "facts", "together"):
            answer = officer.web.post(f"{desk}/shelters/{path}", data=form | {"form_token": foreign})
            assert answer.status_code == 403
            assert ("【訓練】" in answer.text) == (desk == "/office/drill")
    assert openings.openings(live.services) == {}
    assert [entry.action for entry in audit.newest(drill.services, 1)] == ["shelter.report"]


def test_whoever_may_only_look_changes_nothing(enter, live, fit):
    viewer = enter(Role.VIEWER)
    assert viewer.get().status_code == 200
    assert "権限が必要です" in viewer.get(f"/places/{fit}").text
    assert viewer.plan("all").status_code == 403
    for path in ("/report", "/facts", "/together"):
        assert viewer.post(path, facility=fit, seen=0, state="open", to="open", place=f"0 - {fit}").status_code == 403
    assert openings.openings(live.services) == {}


def test_forged_and_empty_forms_are_refused_with_words(enter, live, fit):
    officer = enter()
    for path in ("/report", "/together"):
        assert officer.post(path, form_token="x" * 64).status_code == 403
    assert officer.plan("nowhere").status_code == 422
    assert officer.plan("all", "gone").status_code == 422
    assert officer.post("/together", to="open", place=["", "x", "0 -", "-1 - a"]).status_code == 422
    assert officer.post("/together", to="open", place=[f"0 - {fit}", "0 - nowhere"]).status_code == 409
    assert officer.get("/places/nowhere").status_code == 404
    assert officer.report("nowhere", state="open").status_code == 404
    assert openings.openings(live.services) == {}


def test_an_old_report_is_said_to_be_old_and_said_again(enter, live, clock, fit):
    officer = enter()
    officer.report(fit, state="open")
    clock.forward(hours=25)
    officer = enter(login="mori")
    assert "最後の報告から24時間以上たった施設が1か所あります" in officer.get().text
    page = officer.plan("ticked", facility=[fit])
    assert "あらためて報告" in page.text
    assert officer.change(page).status_code == 303
    assert openings.openings(live.services)[fit].version == 2
    assert "24時間以上" not in officer.get().text


def test_r30_without_the_drill_s_database_the_page_says_that_nobody_knows(enter, drill):
    officer = enter()
    drill.lose_database()
    answer = officer.get(world="drill")
    assert answer.status_code == 503
    assert "開設状況は確認できていません" in answer.text
