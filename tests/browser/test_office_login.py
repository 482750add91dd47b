"""An officer comes in for the first time, sets up the app and a passkey, and comes in with each, in a real browser."""

import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.service.people import administration
from alerts.service.people.administration import Wanted

PASSWORD = "kawa no nagare wa"
WIDTHS = {"phone": 390, "desktop": 1440}
OVERFLOWING = """() => [...document.querySelectorAll('body *')]
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.skip'))
    .map((node) => node.outerHTML.slice(0, 80))"""
SMALL = """() => [...document.querySelectorAll('main button, main a.button, main input:not([type=hidden]):not(.gone)')]
    .filter((node) => node.offsetParent && node.type !== 'checkbox' && node.getBoundingClientRect().height < 44)
    .map((node) => node.outerHTML.slice(0, 80))"""


@pytest.fixture
def address(client) -> str:
    return str(client.base_url).rstrip("/").replace("127.0.0.1", "localhost")  # passkeys are bound to a name


@pytest.fixture(params=WIDTHS.items(), ids=WIDTHS)
def page(request, browser, address) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param[1], "height": 900}, locale="ja-JP")
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert [said for said in troubles if "422" not in said] == []  # a refused form is a page, and the browser logs it


@pytest.fixture
def code(live) -> str:
    """The first administrator is made on the machine."""
    roles = [Role.ADMINISTRATOR, Role.APPROVER]
    return administration.add_at_console(
        live.services, Wanted(Act.ADD, login="sato", name="佐藤 花子", roles=roles)
    ).code


def totp_of(secret, live):
    return pyotp.TOTP(secret).at(int(live.clock.now().timestamp()))


def look(page: Page) -> None:
    """What must be true of every page at every width."""
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(SMALL) == []
    assert page.locator("h1").count() == 1


def begin(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/office")
    assert page.url.endswith("/office/login?next=/office")
    look(page)
    page.get_by_role("link", name="はじめての設定").click()
    page.get_by_label("ユーザー名").fill("Sato")
    page.get_by_label("初回設定用のコード").fill(code.lower())
    page.get_by_label("新しいパスワード", exact=True).fill(PASSWORD)
    page.get_by_label("新しいパスワード（確認）").fill(PASSWORD)
    look(page)
    page.get_by_role("button", name="設定してログイン").click()
    assert "このままでは次からログインできません" in page.locator("main").inner_text()
    look(page)


def set_up_app(page: Page, live) -> str:
    page.get_by_role("button", name="認証アプリを登録する").click()
    assert page.locator(".qr svg").is_visible()
    secret = page.locator("code.secret").text_content().strip()
    look(page)
    page.get_by_label("確認コード").fill("000000")
    page.get_by_role("button", name="登録する").click()
    assert "一致しません" in page.get_by_role("alert").inner_text()
    assert page.locator("code.secret").text_content().strip() == secret
    page.get_by_label("確認コード").fill(totp_of(secret, live))
    page.get_by_role("button", name="登録する").click()
    assert "認証アプリを登録しました" in page.get_by_role("status").first.inner_text()
    return secret


def test_the_first_administrator_comes_in_with_password_and_app(page, address, code, live):
    begin(page, address, code)
    secret = set_up_app(page, live)
    page.get_by_role("button", name="予備コードを発行する").click()
    page.locator(".codes li").first.wait_for()
    assert page.locator(".codes li").count() == 10
    look(page)
    page.get_by_role("button", name="ログアウト", exact=True).click()
    live.clock.forward(seconds=60)
    page.goto(f"{address}/office/people")
    page.get_by_label("ユーザー名").fill("sato")
    page.get_by_label("パスワード").fill("not the password")
    page.get_by_label("確認コード").fill(totp_of(secret, live))
    page.get_by_role("button", name="ログイン", exact=True).click()
    assert "ログインできませんでした" in page.get_by_role("alert").inner_text()
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_label("確認コード").fill(totp_of(secret, live))
    page.get_by_role("button", name="ログイン", exact=True).click()
    assert page.url.endswith("/office/people")
    assert "佐藤 花子" in page.locator(".people").inner_text()
    look(page)


def test_a_passkey_alone_is_enough(page, address, code, live):
    begin(page, address, code)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_label("端末の名前").fill("課のパソコン")
    page.get_by_role("button", name="この端末をパスキーに登録").click()
    page.get_by_text("パスキーを登録しました。").wait_for()
    assert "課のパソコン" in page.locator("main").inner_text()
    page.get_by_role("button", name="ログアウト", exact=True).click()
    page.get_by_role("button", name="パスキーでログイン").click()
    page.wait_for_url(re.compile("/office$"))
    page.goto(f"{address}/office/account")
    assert "（パスキー）" in page.locator("main").inner_text()


def test_the_book_shows_what_was_done_and_that_nothing_was_changed(page, address, code, live):
    begin(page, address, code)
    page.goto(f"{address}/office/audit?check=true")
    assert "改変はありません" in page.get_by_role("status").inner_text()
    assert "パスワードを設定" in page.locator(".book").inner_text()
    look(page)


def test_everything_but_a_passkey_works_without_a_script(browser, address, code, live):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/office/welcome")
    assert page.locator("#login").count() == 1
    page.fill("#login", "sato")
    page.fill("#code", code)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main button[type=submit]")
    assert page.url.endswith("/office/account")
    page.click("text=認証アプリを登録する")
    assert page.locator(".qr svg").count() == 1
    context.close()
