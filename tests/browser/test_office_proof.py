"""The proof in a real browser: the office's day, one alert's way, and the page for everybody, without a script."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import insert

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.ports import PushResult
from alerts.receipt import Event
from alerts.service import proof
from alerts.service.people import administration
from alerts.service.people.administration import Wanted
from alerts.service.people.signing_in import Attempt, welcome
from alerts.store.tables import deliveries, receipts
from alerts.telegram.composition import Stated

WIDTHS = {"phone": 360, "desktop": 1440}
OVERFLOWING = "() => document.documentElement.scrollWidth > innerWidth"

Open = Callable[..., Page]


@pytest.fixture
def told(live) -> proof.Journey:
    """A warning that 300 phones took within three seconds, and 200 of them confirmed."""
    live.read_feeds()
    live.send("VPWW56", Stated("49"))
    made_at = live.clock.now()
    (journey,) = (one for one in proof.of_day(live.services, made_at.date()) if one.pushed)
    key = {"alert_id": journey.alert_id, "revision": journey.revision}
    sent = key | {"channel": "fcm", "result": PushResult.ACCEPTED, "chunk_id": 1, "attempts": 1}
    sent_at = [made_at + timedelta(seconds=0.25, milliseconds=10 * number) for number in range(300)]
    with live.services.database.write() as uow:
        rows = [sent | {"device": device, "at": at} for device, at in enumerate(sent_at, start=1)]
        uow.connection.execute(insert(deliveries), rows)
        confirmed = [
            key | {"event": Event.RECEIVED, "device": device, "at": at + timedelta(milliseconds=5 * device)}
            for device, at in enumerate(sent_at[:200], start=1)
        ]
        uow.connection.execute(insert(receipts), confirmed)
    while proof.sum_up(live.services):
        pass
    return journey


@pytest.fixture
def token(live) -> str:
    wanted = Wanted(Act.ADD, login="sato", name="佐藤 花子", roles=[Role.VIEWER])
    code = administration.add_at_console(live.services, wanted).code
    return welcome(live.services, Attempt("sato", "kawa no nagare wa", code)).token


@pytest.fixture
def open_page(browser, client, token) -> Iterator[Open]:
    contexts = []

    def opened(width: int, *, logged_in: bool = True) -> Page:
        base = str(client.base_url)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="ja-JP", base_url=base, java_script_enabled=False
        )
        if logged_in:
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
def test_from_the_day_to_one_alert_and_back(open_page, told, width):
    page = open_page(width)
    page.goto("/office/proof?day=2026-09-01")
    assert not page.evaluate(OVERFLOWING)
    page.get_by_role("link", name="レベル４土砂災害危険警報 発表").click()
    expect(page.get_by_text("300台")).to_be_visible()
    expect(page.get_by_text("200台")).to_be_visible()
    assert not page.evaluate(OVERFLOWING)
    page.get_by_role("link", name="の記録へ戻る").click()
    page.get_by_role("link", name="前の日").click()
    expect(page.get_by_text("この日の記録はありません。")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_everybody_reads_it_without_a_login(open_page, client, eventually, told, width):
    eventually(lambda: client.get("/v1/proof").json()["journeys"])
    page = open_page(width, logged_in=False)
    page.goto("/proof")
    expect(page.get_by_text("約300台")).to_be_visible()
    expect(page.get_by_text("約200台")).to_be_visible()
    expect(page.get_by_role("img")).to_be_visible()
    assert not page.evaluate(OVERFLOWING)
