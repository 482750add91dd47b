"""The office's own alerts in a real browser: written, let out by another person, told to 1,000 phones, corrected."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.ports import Address, Platform
from alerts.service import audit
from alerts.service.deliver import deliver
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.world import DRILL
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess
from workers.fcm.sender import drill_sender

WIDTHS = {"phone": 360, "desktop": 1440}
PHONES = 1_000
SLOW = 60_000  # milliseconds that a loaded machine may take
OVERFLOWING = "() => document.documentElement.scrollWidth > innerWidth"
SMALL = """() => [...document.querySelectorAll('main :is(button, input, summary, select, textarea):not(.gone)')]
    .filter((node) => node.offsetParent && node.type !== 'hidden')
    .map((node) => [['checkbox', 'radio'].includes(node.type) ? node.closest('.choice') : node, node.outerHTML])
    .filter(([node]) => node.getBoundingClientRect().height < 38).map(([, html]) => html.slice(0, 80))"""
UNNAMED = """() => [...document.querySelectorAll('main :is(input, select, textarea, button):not([type=hidden])')]
    .filter((node) => !(node.getAttribute('aria-label') || node.labels?.length || node.textContent.trim()))
    .map((node) => node.outerHTML.slice(0, 80))"""
ORDERS = "/office/drill/orders"

Enter = Callable[..., Page]


@pytest.fixture
def enter(browser, client, live) -> Iterator[Enter]:
    contexts, troubles = [], []

    def entered(login: str, *roles: Role, width: int = 1440, is_refused: bool = False) -> Page:
        wanted = Wanted(Act.ADD, login=login, name=f"{login}さん", roles=roles)
        code = administration.add_at_console(live.services, wanted).code
        token = welcome(live.services, Attempt(login, "kawa no nagare wa", code)).token
        base = str(client.base_url)
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="ja-JP", base_url=base)
        context.add_cookies([{"name": "bosai-session", "value": token, "url": base}])
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda asked: None if asked.url.startswith(base) else troubles.append(asked.url))
        if not is_refused:
            page.on("console", lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None)
        return page

    yield entered
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def fcm(tmp_path) -> Iterator[FakeFcmProcess]:
    with FakeFcmProcess(FakeOptions(tmp_path / "fcm", latency_ms=(0.0, 5.0))) as server:
        yield server


@pytest.fixture
def phones(drill, pack) -> None:
    """All in the first school district."""
    group = next(one for one in pack.groups.values() if one.layer == "elementary")
    for number in range(PHONES):
        place = group.districts[number % len(group.districts)]
        register(
            drill.services, Registration(Address("token", f"orders-{number}"), Platform.ANDROID, "ja", [place], True)
        )


def titles(fcm: FakeFcmProcess) -> Counter[str]:
    """What phones were told, and how many."""
    return Counter(entry["message"]["notification"]["title"] for entry in fcm.messages(2 * PHONES))


def look(page: Page) -> None:
    assert not page.evaluate(OVERFLOWING)
    assert page.evaluate(SMALL) == []
    assert page.evaluate(UNNAMED) == []


def test_written_approved_told_to_a_thousand_phones_corrected_and_in_the_book(enter, drill, phones, fcm, pack):
    sender = drill_sender(DRILL, fcm.url, fcm.ca)
    services = replace(drill.services, sender=sender)
    group = next(one for one in pack.groups.values() if one.layer == "elementary")
    author, approver = enter("aoki", Role.AUTHOR), enter("chiba", Role.APPROVER)
    approver.goto(ORDERS)
    author.goto(ORDERS)
    author.get_by_role("button", name="警戒レベル４ 避難指示").click()
    author.get_by_label("理由となる災害").select_option(label="土砂災害")
    author.get_by_text("小学校区で選ぶ").click()
    author.get_by_role("button", name=f"{group.name}（").click()
    expect(author.locator("#texts")).to_contain_text("【訓練】大東市 警戒レベル４ 避難指示")
    expect(author.locator("#reach")).to_contain_text("1,000台")
    look(author)
    author.get_by_role("button", name="承認を依頼する").click()
    expect(author.locator("#state")).to_contain_text("承認を待っています")
    approver.get_by_role("link", name="内容を確認して承認…").click(timeout=SLOW)  # it came by itself
    expect(approver.get_by_role("note")).to_contain_text("訓練用の端末だけに届きます")
    look(approver)
    approver.get_by_label("であること、対象の地区、文章を確認しました").check()
    approver.get_by_role("button", name="【訓練】承認して、すぐに発信する").click()
    expect(approver.locator("#told")).to_contain_text("送信中")
    deliver(services, "w")
    assert titles(fcm) == {"【訓練】大東市 警戒レベル４ 避難指示": PHONES}
    expect(approver.locator("#told")).to_contain_text("1,000台", timeout=SLOW)  # by itself
    expect(approver.locator("#told")).to_contain_text("処理済み", timeout=SLOW)
    look(approver)
    author.goto(approver.url.partition("?")[0])
    author.get_by_role("link", name="取り消す…").click()
    expect(author.locator("main")).to_contain_text("誤りでした")
    look(author)
    author.get_by_role("button", name="【訓練】この内容で取消を発信する").click()
    deliver(services, "w")
    expect(author.locator("#holds")).to_contain_text("終わりました")
    expect(author.locator("#told li").first).to_contain_text("1,000台", timeout=SLOW)
    assert titles(fcm)["【訓練】【取消】大東市 警戒レベル４ 避難指示"] == PHONES
    acts = [entry.action for entry in reversed(audit.newest(drill.services, 20)) if entry.action.startswith("order.")]
    assert acts == ["order.begin", "order.submit", "order.approve", "order.prepared"]
    assert audit.check(drill.services).faults == ()
    sender.close()


def test_what_is_written_before_the_script_has_come_is_saved_too(enter, drill):
    page = enter("aoki", Role.AUTHOR, width=WIDTHS["phone"])
    page.goto(ORDERS)
    late = []

    def hold_back(route):
        late.append(route)

    page.route("**/draft.js*", hold_back)
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name=re.compile("^お知らせ")).click(no_wait_after=True)
    page.get_by_label("本文").fill("窓口は15時に閉まります。")
    page.wait_for_timeout(100)
    late[0].continue_()
    expect(page.locator("#saving")).to_contain_text("保存しました", timeout=SLOW)
    with drill.services.database.read() as uow:
        (draft,) = uow.office.open_drafts()
    assert draft.content.written == "窓口は15時に閉まります。"


def test_a_draft_saves_itself_on_a_telephone_and_outlives_the_network_and_the_session(enter, drill):
    page = enter("aoki", Role.AUTHOR, width=WIDTHS["phone"], is_refused=True)
    page.goto(ORDERS)
    look(page)
    page.get_by_role("button", name=re.compile("^お知らせ")).click()
    page.get_by_label("本文").fill("市役所の窓口は15時に閉まります。")
    expect(page.locator("#saving")).to_contain_text("保存しました", timeout=SLOW)
    page.get_by_text("地区の一覧から選ぶ").click()
    page.locator("input[name=district]").first.check()
    expect(page.locator("#count")).to_have_text("1")
    expect(page.locator("#texts")).to_contain_text("市役所の窓口は15時に閉まります。", timeout=SLOW)
    look(page)
    page.context.set_offline(True)
    page.get_by_label("本文").fill("市役所の窓口は16時に閉まります。")
    expect(page.locator("#saving")).to_contain_text("保存できていません", timeout=SLOW)
    page.context.set_offline(False)
    expect(page.locator("#texts")).to_contain_text("市役所の窓口は16時に閉まります。", timeout=SLOW)
    cookies = page.context.cookies()
    page.context.clear_cookies()  # as when the session ends while he writes
    page.get_by_label("本文").fill("市役所の窓口は17時に閉まります。")
    expect(page.locator("#saving")).to_contain_text("ログインの有効期限が切れました", timeout=SLOW)
    with drill.services.database.read() as uow:
        (draft,) = uow.office.open_drafts()
        assert draft.content.written == "市役所の窓口は16時に閉まります。"
    page.context.add_cookies(cookies)
    page.reload()
    expect(page.get_by_label("本文")).to_have_value("市役所の窓口は17時に閉まります。")
    expect(page.locator("#texts")).to_contain_text("市役所の窓口は17時に閉まります。", timeout=SLOW)
