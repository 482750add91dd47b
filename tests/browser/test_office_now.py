"""The office's first page in a real browser: new without a reload, loud when it is not, nothing lost under the hand."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service.people import administration, sessions
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.service.propose import propose
from alerts.telegram.composition import Stated

WIDTHS = {"phone": 360, "desktop": 1440}
OVERFLOWING = "() => document.documentElement.scrollWidth > innerWidth"
SMALL = """() => [...document.querySelectorAll('main button, main summary, main input')]
    .filter((node) => node.offsetParent && node.type !== 'hidden' && node.getBoundingClientRect().height < 44)
    .map((node) => node.outerHTML.slice(0, 80))"""


@pytest.fixture
def token(live) -> str:
    roles = [Role.AUTHOR, Role.APPROVER]
    done = administration.add_at_console(live.services, Wanted(Act.ADD, login="sato", name="佐藤 花子", roles=roles))
    return welcome(live.services, Attempt("sato", "kawa no nagare wa", done.code)).token


@pytest.fixture(params=WIDTHS.items(), ids=WIDTHS)
def page(request, browser, client, token) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": request.param[1], "height": 900}, locale="ja-JP", base_url=str(client.base_url)
    )
    context.add_cookies([{"name": "bosai-session", "value": token, "url": str(client.base_url)}])
    page = context.new_page()
    strangers: list[str] = []
    page.on(
        "request", lambda asked: strangers.append(asked.url) if not asked.url.startswith(str(client.base_url)) else 0
    )
    yield page
    context.close()
    assert strangers == []


def test_a_warning_and_a_proposal_come_up_by_themselves_and_what_is_typed_stays(page, live):
    live.read_feeds()
    page.goto("/office")
    expect(page.locator("#hazards")).to_contain_text("発表中の警報・注意報・避難情報はありません")
    page.get_by_text("地区の表（").click()
    live.send("VPWW56", Stated("49"))
    propose(live.services)
    expect(page.locator("#hazards")).to_contain_text("警戒レベル４相当", timeout=60_000)
    expect(page.locator("#proposals")).to_contain_text("避難指示（警戒レベル4）の発令の提案", timeout=60_000)
    expect(page.locator("#districts table")).to_be_visible()
    assert page.locator(".map path").first.get_attribute("fill") == "#AA00AA"
    page.get_by_text("判断を記録する").click()
    page.get_by_label("判断の理由").fill("基準に達したため")
    live.alarm("held:1", "held")
    expect(page.locator("#rest")).to_contain_text("解釈できず保留している電文", timeout=60_000)
    assert page.get_by_label("判断の理由").input_value() == "基準に達したため"
    assert not page.evaluate(OVERFLOWING)
    assert page.evaluate(SMALL) == []
    page.get_by_role("button", name="発令しないと記録").click()
    expect(page.get_by_role("status").first).to_contain_text("「発令しない」という判断を記録しました")
    expect(page.locator("#proposals article")).to_have_count(0)


def test_each_district_is_reached_by_the_keyboard_and_leads_to_its_row(page, live, pack):
    live.read_feeds()
    page.goto("/office/drill")
    assert page.locator(".drill-mark").is_visible()
    first = page.locator(".map a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('#')[0]}#t-{pack.districts[0].id}")


def test_into_the_drill_with_one_click_and_out_of_it_by_a_question(page, live):
    live.read_feeds()
    page.goto("/office")
    assert page.locator(".drill-mark").count() == 0
    page.get_by_role("link", name="訓練へ移る").click()
    assert page.locator(".drill-mark").is_visible()
    assert not page.evaluate(OVERFLOWING)
    page.goto("/office")  # by a bookmark, say
    expect(page.get_by_role("heading", level=1)).to_have_text("訓練を離れて、本番の画面へ移りますか")
    assert not page.evaluate(OVERFLOWING)
    assert page.evaluate(SMALL) == []
    page.get_by_role("link", name="訓練を続ける").click()
    page.get_by_role("link", name="本番へ移る").click()
    page.get_by_role("button", name="本番の画面へ移る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("現在の状況")
    assert page.url.endswith("/office")
    assert page.locator(".drill-mark").count() == 0


def test_a_lost_connection_and_a_session_that_is_over_are_said_loudly(page, live, token):
    live.read_feeds()
    page.goto("/office")
    loaded = page.locator("#connection[role=alert]")
    page.context.set_offline(True)
    page.evaluate("() => ask()")
    expect(loaded).to_contain_text("サーバーに接続できません")
    page.context.set_offline(False)
    page.evaluate("() => ask()")
    expect(loaded).to_be_empty()
    sessions.sign_out(live.services, sessions.find(live.services, token))
    live.alarm("held:1", "held")
    expect(loaded).to_contain_text("ログインの有効期限が切れました", timeout=60_000)
    expect(loaded.get_by_role("link", name="ログインし直す")).to_be_visible()
