"""Held telegrams and the simulator in a real browser, without a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service.arrival import Incoming
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.service.receive import receive
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city

WIDTHS = {"phone": 360, "desktop": 1440}
OVERFLOWING = "() => document.documentElement.scrollWidth > innerWidth"

Open = Callable[..., Page]


@pytest.fixture
def strange(live) -> None:
    """A warning with a code that no table knows."""
    codes, now = live.services.pack.codes, live.clock.now()
    raw = compose_warning("VPWW61", lone_city(codes, "大阪管区気象台"), {codes.municipality: [Stated("14")]}, now)
    file = f"20260901030000_0_VPWW61_{codes.office}.xml"
    raw = raw.replace(b"<Code>14</Code>", b"<Code>99</Code>")
    receive(live.services, [Incoming(f"https://www.example.jp/{file}", file, raw, now)])


@pytest.fixture
def token(live) -> str:
    wanted = Wanted(Act.ADD, login="sato", name="佐藤 花子", roles=[Role.AUTHOR])
    code = administration.add_at_console(live.services, wanted).code
    return welcome(live.services, Attempt("sato", "kawa no nagare wa", code)).token


@pytest.fixture
def open_page(browser, client, token) -> Iterator[Open]:
    contexts = []

    def opened(width: int) -> Page:
        base = str(client.base_url)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="ja-JP", base_url=base, java_script_enabled=False
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


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_what_is_held_is_looked_at_and_said_so(open_page, strange, width):
    page = open_page(width)
    page.goto("/office/telegrams")
    assert not page.evaluate(OVERFLOWING)
    page.get_by_role("link", name="VPWW61").first.click()
    expect(page.get_by_text("未知のコード")).to_be_visible()
    assert not page.evaluate(OVERFLOWING)
    page.get_by_label("確認した内容").fill("気象庁に電話で確認した")
    page.get_by_role("button", name="確認済みにする").click()
    expect(page.get_by_role("status")).to_contain_text("確認済みとして記録しました")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_step_of_the_drill_is_tried_out(open_page, width):
    page = open_page(width)
    page.goto("/office/drill/telegrams")
    page.get_by_label("訓練の電文から選ぶ").select_option(value="storm 9")
    page.get_by_role("button", name="確かめる").click()
    expect(page.locator(".phone").first).to_contain_text("【訓練】")
    page.get_by_text("XMLを表示").click()
    assert not page.evaluate(OVERFLOWING)
