"""The desk's places of refuge in a real browser: many at once, one tap, new without a reload, and without a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service import openings
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.shelter.opening import OpeningState
from alerts.shelter.report import OpeningReport, Reporter
from alerts.telegram.composition import Stated

WIDTHS = {"phone": 360, "desktop": 1440}
OVERFLOWING = "() => document.documentElement.scrollWidth > innerWidth"
SMALL = """() => [...document.querySelectorAll(
    'main button, main summary, main select, main a.button, main h3 a, main input')]
    .filter((node) => node.offsetParent && node.type !== 'hidden')
    .map((node) => [node.type === 'checkbox' ? node.closest('label, .choice') : node, node.outerHTML.slice(0, 80)])
    .filter(([node]) => node.getBoundingClientRect().height < 44).map(([, html]) => html)"""
UNNAMED = """() => [...document.querySelectorAll('main input:not([type=hidden]), main select, main button')]
    .filter((node) => !(node.getAttribute('aria-label') || node.labels?.length || node.textContent.trim()))
    .map((node) => node.outerHTML.slice(0, 80))"""

Open = Callable[..., Page]


@pytest.fixture
def token(live) -> str:
    wanted = Wanted(Act.ADD, login="sato", name="佐藤 花子", roles=[Role.AUTHOR])
    code = administration.add_at_console(live.services, wanted).code
    return welcome(live.services, Attempt("sato", "kawa no nagare wa", code)).token


@pytest.fixture
def open_page(browser, client, token) -> Iterator[Open]:
    contexts = []

    def opened(width: int, *, script: bool = True) -> Page:
        base = str(client.base_url)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="ja-JP", base_url=base, java_script_enabled=script
        )
        context.add_cookies([{"name": "bosai-session", "value": token, "url": base}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("request", lambda asked: None if asked.url.startswith(base) else troubles.append(asked.url))
        return page

    troubles: list[str] = []
    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def schools(pack) -> tuple[str, str]:
    """北条小学校, which is no place to flee to from a landslide, and its neighbour, which is."""
    found = {site.name: site.facility for site in pack.sites}
    return found["北条小学校"], found["北条中学校"]


def look(page: Page) -> None:
    assert not page.evaluate(OVERFLOWING)
    assert page.evaluate(SMALL) == []
    assert page.evaluate(UNNAMED) == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_many_open_at_once_and_what_others_report_comes_by_itself(open_page, live, schools, width):
    unfit, fit = schools
    live.send("VPWW56", Stated("49"))
    page = open_page(width)
    page.goto("/office/shelters")
    look(page)
    for facility in schools:
        page.locator(f"#p-{facility} input[type=checkbox]").check()
    openings.report(live.services, Reporter("四条"), [_opened(live, "四条小学校")])
    expect(page.locator("#sum")).to_contain_text("1か所を開設中", timeout=60_000)
    assert page.locator(".tick input:checked").count() == 2  # what was ticked stays
    page.get_by_role("button", name="選んだ施設を確認…").click()
    look(page)
    expect(page.locator("[aria-labelledby=changes-title]")).to_contain_text("北条中学校")
    expect(page.locator("[aria-labelledby=decided-title]")).to_contain_text(
        "「土砂災害」の指定緊急避難場所ではありません"
    )
    assert not page.get_by_role("checkbox").is_checked()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="選んだ施設を「開設」にする").click()
    expect(page.get_by_role("status").first).to_contain_text("2か所を「開設」にしました")
    expect(page.locator("#alarms")).to_contain_text("指定がありません")
    page.get_by_role("button", name="北条中学校の避難者を10人増やして10人にする").click()
    expect(page.locator(f"#p-{fit}")).to_contain_text("10人")
    look(page)
    held = openings.openings(live.services)
    assert (held[unfit].state, held[fit].occupancy) == (OpeningState.OPEN, 10)


def test_on_a_telephone_without_a_script_a_place_is_opened_counted_and_closed(open_page, drill, schools):
    page, (_, fit) = open_page(WIDTHS["phone"], script=False), schools
    page.goto("/office/drill/shelters?where=elementary:hojo")
    assert page.locator(".drill-mark").is_visible()
    place = page.locator(f"#p-{fit}")
    place.get_by_role("button", name="北条中学校を開設にする").click()
    place.get_by_label("北条中学校の避難者数").fill("25")
    place.get_by_role("button", name="北条中学校の人数を報告").click()
    expect(place).to_contain_text("25人")
    place.get_by_role("link", name="北条中学校", exact=True).click()
    page.get_by_text("閉鎖…").click()
    expect(page.get_by_text("避難者が25人います").first).to_be_visible()
    page.get_by_role("button", name="「閉鎖」にする").click()
    expect(page.locator(".kept tbody tr")).to_have_count(3)
    assert openings.openings(drill.services)[fit].state is OpeningState.CLOSED


def _opened(live, name: str) -> OpeningReport:
    facility = next(site.facility for site in live.services.pack.sites if site.name == name)
    return OpeningReport(facility, 0, state=OpeningState.OPEN)
