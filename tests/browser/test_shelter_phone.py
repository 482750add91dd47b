"""The person at the shelter opens his link on a telephone and reports by taps, in a real browser."""

import pytest

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service import openings
from alerts.service.people import administration, sessions, shelter_passes
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.shelter.opening import OpeningState

OVERFLOWING = "() => document.documentElement.scrollWidth > innerWidth"
LOWEST = """() => Math.min(...[...document.querySelectorAll('main button, main summary, main a.button')]
    .filter((node) => node.offsetParent).map((node) => node.getBoundingClientRect().height))"""


@pytest.fixture
def link(client, live, pack):
    """A link for one place, and the place."""
    people = live.services
    done = administration.add_at_console(people, Wanted(Act.ADD, login="sato", name="佐藤", roles=[Role.SHELTER]))
    visitor = sessions.find(people, welcome(people, Attempt("sato", "kawa no nagare wa", done.code)).token)
    hojo = next(site.facility for site in pack.sites if "北条小" in site.name)
    key = shelter_passes.issue(people, people, visitor, [hojo], "北条小学校 受付").key
    return f"{str(client.base_url).rstrip('/')}/office/shelter/begin?key={key}", hojo


def test_one_tap_opens_the_shelter_and_one_tap_counts_people(browser, link, live):
    address, hojo = link
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="ja-JP")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="この端末で報告を始める").click()
    page.get_by_role("button", name="開設", exact=True).click()
    assert "報告しました" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="10人増やす").click()
    assert "10人" in page.locator(".now").inner_text()
    assert not page.evaluate(OVERFLOWING)
    assert page.evaluate(LOWEST) >= 44
    page.get_by_text("閉鎖…").click()
    page.get_by_role("button", name="「閉鎖」と報告する").click()
    assert openings.openings(live.services)[hojo].state is OpeningState.CLOSED
    assert openings.openings(live.services)[hojo].version == 3
    context.close()
